import type { Site } from '../api/me';
import { realtime } from '../api/site';
import { useAnswer, useEvery } from '../api/useAnswer';
import { MinuteBars } from '../chart/MinuteBars';
import { t } from '../text';
import { count } from '../text/format';
import { Empty } from '../ui/Notice';
import { Answered, Panel } from './Panel';

/** How often it is looked who is there. */
const pause = 10_000;

interface Line {
  name: string;
  visitors: number | null;
}

/** Who is at a site now, and what they look at. */
export function Now({ site }: { site: Site }) {
  const answer = useAnswer(realtime(site.domain));
  useEvery(pause, answer.again);
  const words = t().now;
  return (
    <Answered answer={answer} rows={8}>
      {({ visitors, minutes, pages, sources }) => (
        <div class="panels">
          <Panel id="now" title={words.visitors} class="whole">
            <div class="present">
              <div>
                <p class="big">{visitors === null ? '–' : count(visitors)}</p>
                <p class="quiet">{words.since}</p>
              </div>
              <MinuteBars
                label={words.minutes}
                words={words.views}
                bars={minutes.map(({ minute, pageviews }) => ({ minute, value: pageviews }))}
              />
            </div>
          </Panel>
          <Panel id="now-pages" title={words.pages}>
            <Lines lines={pages.map(({ page, ...one }) => ({ name: page, ...one }))} />
          </Panel>
          <Panel id="now-sources" title={words.sources}>
            <Lines lines={sources.map(({ source, ...one }) => ({ name: source, ...one }))} />
          </Panel>
        </div>
      )}
    </Answered>
  );
}

function Lines({ lines }: { lines: Line[] }) {
  if (lines.length === 0) {
    return <Empty>{t().now.nobody}</Empty>;
  }
  const most = Math.max(1, ...lines.map(({ visitors }) => visitors ?? 0));
  return (
    <table class="rows">
      <tbody>
        {lines.map(({ name, visitors }) => (
          <tr key={name}>
            <th scope="row">
              <span class="share" style={{ width: `${(100 * (visitors ?? 0)) / most}%` }} />
              <span class="value">{name}</span>
            </th>
            <td class="number">{visitors === null ? '–' : count(visitors)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
