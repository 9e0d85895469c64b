import { useSignal } from '@preact/signals';
import { count, hour } from '../text/format';

interface Bar {
  /** As in `2026-03-09 14:05:00`. */
  minute: string;
  value: number;
}

interface Props {
  bars: Bar[];
  /** What is drawn, for those who do not see it. */
  label: string;
  /** What a value counts, as in `3 page views`. */
  words: (value: number) => string;
}

/** A bar for each of the last minutes; the last one is under way. */
export function MinuteBars({ bars, label, words }: Props) {
  const at = useSignal<number | null>(null);
  const most = Math.max(4, ...bars.map(({ value }) => value));
  const shown = at.value === null ? undefined : bars[at.value];
  return (
    <figure class="minutes" onPointerLeave={() => (at.value = null)}>
      <div class="bars" role="img" aria-label={label}>
        {bars.map(({ minute, value }, index) => (
          <div
            key={minute}
            class={index === bars.length - 1 ? 'bar-room last' : 'bar-room'}
            onPointerEnter={() => (at.value = index)}
          >
            <div style={{ height: `${(100 * value) / most}%` }} />
          </div>
        ))}
      </div>
      <figcaption>
        <span>{bars[0] && hour(bars[0].minute)}</span>
        <span>
          {shown && (
            <>
              {hour(shown.minute)}: <b>{words(shown.value)}</b>
            </>
          )}
        </span>
        <span>{bars.at(-1) && hour(bars.at(-1)?.minute ?? '')}</span>
      </figcaption>
      <table class="unseen">
        <caption>{label}</caption>
        <tbody>
          {bars.map(({ minute, value }) => (
            <tr key={minute}>
              <th scope="row">{hour(minute)}</th>
              <td>{count(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
