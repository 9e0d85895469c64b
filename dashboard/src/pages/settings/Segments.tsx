import type { Site } from '../../api/me';
import { renew } from '../../api/cache';
import { removeSegment, segments } from '../../api/site';
import { useAnswer } from '../../api/useAnswer';
import { pathTo } from '../../state/route';
import { FilterText } from './FilterText';
import { Items } from './Items';
import { words as items } from './itemsText';
import { may } from './roles';
import { words } from './segmentsText';

/** Filters with a name. */
export function Segments({ site }: { site: Site }) {
  const answer = useAnswer(segments(site.domain));
  const figures = pathTo(site.domain);
  return (
    <>
      <p>
        {words().intro} <a href={figures}>{words().toFigures}</a>
      </p>
      <Items
        label={words().filters}
        answer={answer}
        keyOf={({ id }) => String(id)}
        nameOf={({ name }) => name}
        columns={[
          {
            title: words().name,
            cell: ({ name, personal }) => (
              <>
                <b>{name}</b>
                {personal && <span class="tag">{items().personal}</span>}
              </>
            ),
          },
          {
            title: words().filters,
            cell: ({ filters }) => <FilterText filters={filters} and={words().and} />,
            minor: true,
          },
        ]}
        empty={words().none}
        more={({ id, name }) => (
          <a
            class="button quiet small"
            href={`${figures}?f=${encodeURIComponent(`is,segment,${id}`)}`}
            aria-label={words().shows(name)}
          >
            {words().show}
          </a>
        )}
        removal={{
          may: ({ personal }) => personal || may(site, 'editor'),
          warning: () => words().warning,
          act: async ({ id }) => {
            await removeSegment(site.domain, id);
            renew(`segments ${site.domain}`);
          },
        }}
      />
    </>
  );
}
