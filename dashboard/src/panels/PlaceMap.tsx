import { useSignal } from '@preact/signals';
import type { Asked } from '../api/cache';
import type { Site } from '../api/me';
import type { Row } from '../api/query';
import { useAnswer } from '../api/useAnswer';
import { type Country, mapSize, readWorld } from '../chart/world';
import { about } from '../state/ask';
import { toggleFilter, view } from '../state/view';
import { t } from '../text';
import { count, share } from '../text/format';
import { country } from '../text/names';
import { Answered } from './Panel';

const world: Asked<Country[]> = { key: 'world', load: readWorld };

/** As many countries as there are. */
const all = 300;

/** Countries in shades, the darker the more visitors. The list beside it says the same in words. */
export function PlaceMap({ site }: { site: Site }) {
  const shapes = useAnswer(world);
  const figures = useAnswer(
    about(site, view.value, {
      metrics: ['visitors', 'percentage'],
      dimensions: ['visit:country'],
      limit: all,
      compare: false,
    }),
  );
  return (
    <Answered answer={shapes} rows={10}>
      {(countries) => (
        <Answered answer={figures} rows={10}>
          {({ results }) => <Shades countries={countries} rows={results} />}
        </Answered>
      )}
    </Answered>
  );
}

function Shades({ countries, rows }: { countries: Country[]; rows: Row[] }) {
  const over = useSignal<string | null>(null);
  const byCode = new Map(
    rows.filter(({ dimensions: [code] }) => code).map((row) => [row.dimensions[0] ?? '', row]),
  );
  const most = Math.max(1, ...rows.map(({ metrics }) => Number(metrics[0] ?? 0)));
  const pointed = over.value === null ? undefined : byCode.get(over.value);
  return (
    <div class="map">
      <svg
        viewBox={`0 0 ${mapSize.width} ${mapSize.height}`}
        role="img"
        aria-label={t().panels.places.mapLabel}
        onPointerLeave={() => (over.value = null)}
      >
        {countries.map(({ code, outline }, index) => {
          const visitors = Number(byCode.get(code)?.metrics[0] ?? 0);
          return (
            <path
              key={code || index}
              d={outline}
              class={visitors > 0 ? 'visited' : ''}
              // The eye tells areas by their logarithm, and one country has most of nearly all sites.
              style={{ fillOpacity: visitors > 0 ? 0.18 + 0.82 * shade(visitors, most) : 1 }}
              onPointerEnter={() => (over.value = code)}
              onClick={() =>
                visitors > 0 &&
                toggleFilter({ operator: 'is', dimension: 'visit:country', values: [code] })
              }
            />
          );
        })}
      </svg>
      <p class="map-line" aria-hidden="true">
        {over.value ? (
          <>
            <b>{country(over.value)}</b>{' '}
            {pointed
              ? `${count(Number(pointed.metrics[0]))} (${share(Number(pointed.metrics[1]))})`
              : t().panels.places.nobody}
          </>
        ) : (
          <Top rows={rows} />
        )}
      </p>
    </div>
  );
}

/** The countries that most came from, in a line. */
function Top({ rows }: { rows: Row[] }) {
  return (
    <>
      {rows
        .filter(({ dimensions: [code] }) => code)
        .slice(0, 4)
        .map(({ dimensions: [code = ''], metrics: [, part] }) => (
          <span key={code} class="map-top">
            {country(code)} <b>{share(Number(part ?? 0))}</b>
          </span>
        ))}
    </>
  );
}

const shade = (visitors: number, most: number): number =>
  most <= 1 ? 1 : Math.log1p(visitors) / Math.log1p(most);
