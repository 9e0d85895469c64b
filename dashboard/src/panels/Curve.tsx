import { useSignal } from '@preact/signals';
import type { Result } from '../api/query';
import { LineChart } from '../chart/LineChart';
import type { Point } from '../chart/plot';
import { daysIn } from '../state/days';
import { intervalsFor, spanOfBucket } from '../state/series';
import { type Interval, show } from '../state/view';
import { t } from '../text';
import { Button } from '../ui/Button';
import { Menu } from '../ui/Menu';
import { daysOf } from './figures';
import { intervalOfAnswer, spanOfAnswer } from './points';

/** What is drawn: how it is called and written. */
export interface Drawn {
  name: string;
  full: (value: number | null) => string;
  /** The same where there is little room. */
  short: (value: number) => string;
  /** The least that the scale reaches to, so that little does not look like much. */
  least: number;
}

interface Props {
  /** The same for the same figure. */
  drawn: Drawn;
  answer: Result;
  points: Point[];
  compared: boolean;
}

/** One figure over time, as a curve or as a table. */
export function Curve({ drawn, answer, points, compared }: Props) {
  const asTable = useSignal(false);
  const interval = intervalOfAnswer(answer);
  const days = daysOf(answer.query.date_range);
  const reading = ({ title, value, before, begins, notes }: Point) =>
    [
      `${title}: ${drawn.full(value)}`,
      ...(before === null ? [] : [t().before(drawn.full(before))]),
      ...(begins ? [t().chart.begins] : []),
      ...notes,
    ].join('. ');
  const open = (index: number) => {
    const label = answer.meta.time_labels?.[index];
    if (label !== undefined && interval !== 'hour') {
      const { first, last } = spanOfBucket(label, interval);
      const whole = spanOfAnswer(answer);
      const range = {
        first: first < whole.first ? whole.first : first,
        last: last > whole.last ? whole.last : last,
      };
      if (daysIn(range.first, range.last) < days) {
        show({ range, interval: null });
      }
    }
  };
  return (
    <div class="curve">
      <div class="curve-bar">
        <Legend compared={compared} />
        <Button
          kind="quiet"
          class="small"
          aria-pressed={asTable.value}
          onClick={() => (asTable.value = !asTable.value)}
        >
          {asTable.value ? t().chart.asCurve : t().chart.asTable}
        </Button>
        <IntervalMenu interval={interval} days={days} />
      </div>
      {asTable.value ? (
        <PointTable drawn={drawn} points={points} compared={compared} />
      ) : (
        <LineChart
          label={t().chart.label(drawn.name)}
          points={points}
          words={drawn.short}
          least={drawn.least}
          reading={reading}
          open={interval === 'hour' ? undefined : open}
          tip={(point) => <Tip drawn={drawn} point={point} />}
        />
      )}
    </div>
  );
}

function Legend({ compared }: { compared: boolean }) {
  return (
    <p class="legend">
      {compared && (
        <>
          <span class="now">{t().chart.now}</span>
          <span class="earlier">{t().chart.earlier}</span>
        </>
      )}
    </p>
  );
}

function IntervalMenu({ interval, days }: { interval: Interval; days: number }) {
  const fitting = intervalsFor(days);
  return fitting.length < 2 ? null : (
    <Menu
      kind="quiet"
      align="end"
      class="small"
      name={`${t().chart.interval}: ${t().intervals[interval]}`}
      label={t().intervals[interval]}
      items={fitting.map((one) => ({
        label: t().intervals[one],
        chosen: one === interval,
        choose: () => show({ interval: one }, { replace: true }),
      }))}
    />
  );
}

function Tip({ drawn, point }: { drawn: Drawn; point: Point }) {
  return (
    <>
      <div class="tip-line">
        <span>{point.title}</span>
        <b>{drawn.full(point.value)}</b>
      </div>
      {point.beforeTitle !== null && (
        <div class="tip-line earlier">
          <span>{point.beforeTitle}</span>
          <span>{drawn.full(point.before)}</span>
        </div>
      )}
      {point.begins && <p class="tip-note">{t().chart.begins}</p>}
      {point.notes.map((note) => (
        <p key={note} class="tip-note">
          {note}
        </p>
      ))}
    </>
  );
}

function PointTable({
  drawn,
  points,
  compared,
}: {
  drawn: Drawn;
  points: Point[];
  compared: boolean;
}) {
  return (
    <div class="point-table" tabIndex={0} role="group" aria-label={drawn.name}>
      <table class="lined">
        <thead>
          <tr>
            <th scope="col">{t().chart.time}</th>
            <th scope="col" class="number">
              {drawn.name}
            </th>
            {compared && (
              <th scope="col" class="number">
                {t().chart.earlier}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {points.map(({ title, value, before, begins, notes }) => (
            <tr key={title}>
              <th scope="row">
                {title}
                {begins && <span class="note">{t().chart.begins}</span>}
                {notes.map((note) => (
                  <span key={note} class="note">
                    {note}
                  </span>
                ))}
              </th>
              <td class="number">{drawn.full(value)}</td>
              {compared && <td class="number">{drawn.full(before)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
