import { useSignal } from '@preact/signals';
import type { Site as SiteOfMe } from '../api/me';
import { refresh, renew } from '../api/cache';
import { useEvery } from '../api/useAnswer';
import { pathTo, route, siteTabs } from '../state/route';
import { rangeNames } from '../state/range';
import { useShortcuts } from '../state/shortcuts';
import { comparisons, show, view, viewText } from '../state/view';
import { t } from '../text';
import { later } from '../ui/later';
import { CompareMenu } from './CompareMenu';
import { FilterBar } from './FilterBar';
import { FilterMenu } from './FilterMenu';
import { Footer } from './Footer';
import { Header } from './Header';
import { LiveCount } from './LiveCount';
import { parts } from './parts';
import { rangeKeys, RangeMenu, stepRange } from './RangeMenu';

const HelpDialog = later(() => import('./HelpDialog').then((module) => module.HelpDialog), 0);
const SearchDialog = later(() => import('./SearchDialog').then((module) => module.SearchDialog), 0);

/** The figures of a site. */
export function Site({ site }: { site: SiteOfMe }) {
  const tab = route.value.page === 'site' ? route.value.tab : 'overview';
  const Part = parts[tab];
  const adding = useSignal(false);
  const open = useSignal<'help' | 'search' | null>(null);
  const close = () => (open.value = null);
  useShortcuts({
    '?': () => (open.value = 'help'),
    '/': () => (open.value = 'search'),
    f: () => (adding.value = true),
    c: () => show({ compare: next(comparisons, view.value.compare) }),
    r: () => renew(`query ${site.domain}`),
    ArrowLeft: () => stepRange(site, -1),
    ArrowRight: () => stepRange(site, 1),
    '[': () => focusPanel(-1),
    ']': () => focusPanel(1),
    d: openFocused,
    Escape: () => show({ filters: [] }),
    ...Object.fromEntries(
      rangeNames.map((range, at) => [rangeKeys[at] ?? '', () => show({ range, interval: null })]),
    ),
  });
  useEvery(30_000, refresh);
  const overTime = tab !== 'now';
  return (
    <>
      <Header search={() => (open.value = 'search')} help={() => (open.value = 'help')}>
        {overTime && (
          <>
            <FilterMenu site={site} adding={adding} />
            <CompareMenu site={site} />
            <RangeMenu site={site} />
          </>
        )}
      </Header>
      <main class="page" id="main" tabIndex={-1}>
        <h1 class="unseen">{site.domain}</h1>
        <nav class="parts" aria-label={t().tabs.label}>
          {siteTabs.map((one) => (
            <a
              key={one}
              href={pathTo(site.domain, one) + viewText({ ...view.value, details: null })}
              aria-current={one === tab ? 'page' : undefined}
            >
              {t().tabs[one]}
              {one === 'now' && <LiveCount site={site} />}
            </a>
          ))}
          <a class="last" href={pathTo(site.domain, 'settings')}>
            {t().tabs.settings}
          </a>
        </nav>
        {overTime && <FilterBar site={site} />}
        <Part site={site} />
      </main>
      <Footer site={site} help={() => (open.value = 'help')} />
      {open.value === 'help' && <HelpDialog close={close} />}
      {open.value === 'search' && <SearchDialog site={site} close={close} />}
    </>
  );
}

const next = <T,>(values: readonly T[], value: T): T =>
  values[(values.indexOf(value) + 1) % values.length] ?? value;

/** Shows the details of the panel that has the focus, or of the first that has any. */
function openFocused(): void {
  const panel = document.activeElement?.closest('[data-panel]') ?? document;
  panel.querySelector<HTMLElement>('.details')?.click();
}

/** Moves to the first thing in the next panel that takes the focus. */
function focusPanel(direction: -1 | 1): void {
  const panels = Array.from(document.querySelectorAll('[data-panel]'));
  const now = panels.findIndex((panel) => panel.contains(document.activeElement));
  const at = now === -1 ? (direction === 1 ? 0 : panels.length - 1) : now + direction;
  const panel = panels[(at + panels.length) % panels.length];
  panel?.querySelector<HTMLElement>('button, a, [tabindex="0"]')?.focus();
  panel?.scrollIntoView({ block: 'nearest' });
}
