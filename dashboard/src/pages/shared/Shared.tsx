import { useEffect } from 'preact/hooks';
import { link as shown } from '../../api/request';
import { type SharedSite, sharedSite } from '../../api/shared';
import { useAnswer } from '../../api/useAnswer';
import { Answered } from '../../panels/Panel';
import { here } from '../../state/location';
import '../../style/shared.css';
import { count } from '../../text/format';
import { FilterText } from '../settings/FilterText';
import { Mark } from '../Mark';
import { Appearance } from './Appearance';
import { SharedCurve } from './SharedCurve';
import { SharedPanel } from './SharedPanel';
import { panels, rangeOf, ranges } from './questions';
import { words } from './sharedText';

interface Props {
  /** The secret of the link, or `public`. */
  link: string;
  /** Of a public site; null for a link. */
  domain: string | null;
}

/** What outsiders see of a site: rounded figures of finished days, by one thing at a time. */
export function Shared({ link, domain }: Props) {
  // What is asked from here on is asked by whoever has the link.
  shown.value = link;
  const answer = useAnswer(sharedSite(domain));
  const name = answer.value?.name;
  useEffect(() => {
    if (name !== undefined) {
      document.title = name;
    }
  }, [name]);
  return (
    <div class="outside">
      <header class="bar">
        <Mark />
        <h1>{name ?? ''}</h1>
        <RangeLinks />
        <Appearance />
      </header>
      <main class="page" id="main" tabIndex={-1}>
        <Answered answer={answer} rows={12}>
          {(shared) => <Figures shared={shared} />}
        </Answered>
      </main>
    </div>
  );
}

/** The times that can be looked at. */
function RangeLinks() {
  const chosen = rangeOf(here.value.search);
  return (
    <nav class="spans" aria-label={words().range}>
      {ranges.map((range) => (
        <a
          key={range}
          href={`${here.value.path}?range=${range}`}
          aria-current={range === chosen ? 'true' : undefined}
        >
          {words().ranges[range]}
        </a>
      ))}
    </nav>
  );
}

function Figures({ shared }: { shared: SharedSite }) {
  const { site, filters, rounded_to: base, name } = shared;
  return (
    <>
      {(filters.length > 0 || name !== site.domain) && (
        <p class="quiet about">
          {site.domain}
          {filters.length > 0 && (
            <>
              {' · '}
              {words().only} <FilterText filters={filters} and={words().and} />
            </>
          )}
        </p>
      )}
      <SharedCurve site={site} />
      <div class="panels">
        {panels().map((panel) => (
          <SharedPanel key={panel.dimension} site={site} panel={panel} />
        ))}
      </div>
      <footer class="said">
        <p>{base > 1 ? words().rounded(count(base)) : words().exact}</p>
        <p>{words().about}</p>
        <p class="ways">
          <a href={`/privacy?site=${encodeURIComponent(site.domain)}`} target="_blank">
            {words().privacy}
          </a>
          <a href="?plain=1" target="_self">
            {words().plain}
          </a>
        </p>
      </footer>
    </>
  );
}
