import { useSignal } from '@preact/signals';
import type { Site } from '../api/me';
import { useAnswer } from '../api/useAnswer';
import { Answered } from '../panels/Panel';
import { pathTo } from '../state/route';
import { me } from '../state/session';
import { sumOf } from '../state/sums';
import { t } from '../text';
import { Button } from '../ui/Button';
import { later } from '../ui/later';
import { Empty } from '../ui/Notice';
import { useSeen } from '../ui/useSeen';
import { FooterOfAll } from './Footer';
import { Groups } from './Groups';
import { Header } from './Header';
import { questionsOf } from './questions';
import { SumCard } from './SumCard';

const AddSite = later(() => import('./AddSite').then((module) => module.AddSite), 0);

/** So many sites are found at a glance. */
const few = 8;

/** All sites that are open to who is signed in. */
export function Sites() {
  const written = useSignal('');
  const adding = useSignal(false);
  const adds = me.value?.account.admin === true;
  const sites = me.value?.sites ?? [];
  const groups = me.value?.groups ?? [];
  const shown = sites.filter(({ domain }) => domain.includes(written.value.trim().toLowerCase()));
  return (
    <>
      <Header />
      <main class="page" id="main" tabIndex={-1}>
        <div class="page-head">
          <h1>{t().sites.title}</h1>
          <span class="quiet">{t().sites.last}</span>
          {sites.length > few && (
            <input
              type="search"
              aria-label={t().sites.search}
              placeholder={t().sites.search}
              value={written.value}
              onInput={(event) => (written.value = event.currentTarget.value)}
            />
          )}
          {adds && (
            <Button icon="plus" onClick={() => (adding.value = true)}>
              {t().sites.add}
            </Button>
          )}
        </div>
        {sites.length === 0 ? (
          <Empty>
            <p>{t().sites.none}</p>
            <p>{adds ? t().sites.noneHelp : t().sites.noneOpen}</p>
          </Empty>
        ) : (
          <>
            {written.value === '' && groups.length > 0 && <Groups groups={groups} sites={sites} />}
            <ul class="sites">
              {shown.map((site) => (
                <SiteCard key={site.domain} site={site} />
              ))}
            </ul>
            {shown.length === 0 && <Empty>{t().sites.noneFound}</Empty>}
          </>
        )}
      </main>
      {sites.length > 0 && <FooterOfAll />}
      {adding.value && <AddSite close={() => (adding.value = false)} />}
    </>
  );
}

function SiteCard({ site }: { site: Site }) {
  const [card, seen] = useSeen<HTMLLIElement>();
  const questions = questionsOf(site);
  const series = useAnswer(seen ? questions.series : null);
  const total = useAnswer(seen ? questions.total : null);
  return (
    <li class="panel site" ref={card}>
      <a href={pathTo(site.domain)}>{site.domain}</a>
      <Answered answer={series} rows={3}>
        {(days) => (
          <Answered answer={total} rows={1}>
            {(all) => <SumCard sum={sumOf(days, all)} />}
          </Answered>
        )}
      </Answered>
    </li>
  );
}
