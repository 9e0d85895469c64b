import { useSignal } from '@preact/signals';
import { count, days, shortDay } from '../../text/format';
import type { Stack } from './tally';
import { words } from './text';

interface Props {
  stacks: Stack[];
  /** What the parts are called, from the foot up. */
  names: string[];
  /** The last whole day; a stack beyond it is under way. */
  until: string;
}

/** What was refused over time: a bar for each day, week or month, of parts in the colours of the reasons. */
export function Stacks({ stacks, names, until }: Props) {
  const at = useSignal<number | null>(null);
  const most = Math.max(4, ...stacks.map(({ total }) => total));
  const shown = at.value === null ? undefined : stacks[at.value];
  const titleOf = ({ first, last }: Stack) =>
    first === last ? shortDay(first) : days(first, last);
  const [begin, end] = [stacks[0], stacks.at(-1)];
  return (
    <figure class="stacks" onPointerLeave={() => (at.value = null)}>
      <div class="bars" role="img" aria-label={words().overTime}>
        {stacks.map((stack, index) => (
          <div
            key={stack.first}
            class={stack.last > until ? 'stack cut' : 'stack'}
            onPointerEnter={() => (at.value = index)}
          >
            {stack.parts.map((part, index) => (
              <div
                key={index}
                class={`part-${index}`}
                style={{ height: `${(100 * part) / most}%` }}
              />
            ))}
          </div>
        ))}
      </div>
      <figcaption>
        {shown ? (
          <>
            <b>{titleOf(shown)}</b>
            <span>{words().sum(shown.total, count(shown.total))}</span>
          </>
        ) : (
          <>
            <span>{begin && titleOf(begin)}</span>
            <span>{end && titleOf(end)}</span>
          </>
        )}
      </figcaption>
      <div class="unseen">
        <table>
          <caption>{words().overTime}</caption>
          <thead>
            <tr>
              <td />
              {names.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {stacks.map((stack) => (
              <tr key={stack.first}>
                <th scope="row">{titleOf(stack)}</th>
                {stack.parts.map((part, index) => (
                  <td key={index}>{count(part)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
