import { useLasting } from '../api/useAnswer';
import { t } from '../text';

/** How long nothing is shown at all: most answers are there before. */
const soon = 150;

/** Lines where rows are going to be, of the same height, so that nothing jumps. */
export function Skeleton({ rows }: { rows: number }) {
  const shown = useLasting(true, soon);
  return (
    <div class={shown ? 'skeleton' : 'skeleton hidden'} aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} />
      ))}
    </div>
  );
}

/** Says that an answer takes long. */
export function Slow({ asking }: { asking: boolean }) {
  const slow = useLasting(asking, 4_000);
  return slow ? (
    <div class="slow" role="status">
      <div class="progress" />
      {t().slow}
    </div>
  ) : null;
}
