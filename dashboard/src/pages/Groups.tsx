import { stateOf } from '../api/cache';
import type { Group, Site } from '../api/me';
import type { Result } from '../api/query';
import { useAnswer } from '../api/useAnswer';
import { pathTo } from '../state/route';
import { addUp, type Sum, sumOf } from '../state/sums';
import { t } from '../text';
import { Skeleton } from '../ui/Skeleton';
import { questionsOf } from './questions';
import { SumCard } from './SumCard';

/** Groups of sites, each added up. */
export function Groups({ groups, sites }: { groups: Group[]; sites: Site[] }) {
  return (
    <ul class="sites groups">
      {groups.map((group) => (
        <GroupCard
          key={group.name}
          group={group}
          sites={sites.filter(({ domain }) => group.sites.includes(domain))}
        />
      ))}
    </ul>
  );
}

function GroupCard({ group, sites }: { group: Group; sites: Site[] }) {
  const sums = sites.map(knownSum).filter((sum) => sum !== null);
  return (
    <li class="panel site">
      <h2>{group.name}</h2>
      {sites.map((site) => (
        <Asking key={site.domain} site={site} />
      ))}
      {sums.length === sites.length ? <SumCard sum={addUp(sums)} /> : <Skeleton rows={3} />}
      <p class="quiet members">
        {sites.map(({ domain }) => (
          <a key={domain} href={pathTo(domain)}>
            {domain}
          </a>
        ))}
      </p>
      <p class="quiet">{t().sites.summed(sites.length)}</p>
    </li>
  );
}

/** What is known of a site; null until both of its questions are answered. */
function knownSum(site: Site): Sum | null {
  const { series, total } = questionsOf(site);
  const days: Result | undefined = stateOf(series).value.value;
  const all: Result | undefined = stateOf(total).value.value;
  return days && all ? sumOf(days, all) : null;
}

/** Asks about a site, and shows nothing of it. */
function Asking({ site }: { site: Site }) {
  const { series, total } = questionsOf(site);
  useAnswer(series);
  useAnswer(total);
  return null;
}
