import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { colours } from '../state/look';
import { type Point, plot } from './plot';

interface Props {
  /** What is drawn, for those who do not see it. */
  label: string;
  points: Point[];
  /** How a value is written beside the scale. */
  words: (value: number) => string;
  /** The least that the scale reaches to. */
  least: number;
  /** What is shown of the point that is pointed at. */
  tip: (point: Point) => ComponentChildren;
  /** The same in one line, to be read out. */
  reading: (point: Point) => string;
  /** Called with the point that is clicked on; undefined if there is nothing to open. */
  open?: ((index: number) => void) | undefined;
}

/** A curve over time, read by pointer or by the arrow keys. */
export function LineChart({ label, points, words, least, tip, reading, open }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const at = useSignal<number | null>(null);
  const left = useSignal(0);
  const drawn = colours.value;

  useLayoutEffect(() => {
    const box = root.current;
    if (!box) {
      return undefined;
    }
    const size = () => ({ width: box.clientWidth, height: box.clientHeight });
    const made = plot(box, points, size(), words, least, (index) => {
      at.value = index;
      const drawn = chart.current;
      if (index !== null && drawn) {
        left.value = drawn.valToPos(index, 'x') + drawn.bbox.left / devicePixelRatio;
      }
    });
    chart.current = made;
    // What was being read goes on being read when something about it becomes known.
    const reading = at.peek();
    if (reading !== null && reading < points.length) {
      made.setCursor({ left: made.valToPos(reading, 'x'), top: 10 });
    } else {
      at.value = null;
    }
    const watching = new ResizeObserver(() => {
      const { width, height } = size();
      if (width !== made.width || height !== made.height) {
        made.setSize({ width, height });
      }
    });
    watching.observe(box);
    return () => {
      watching.disconnect();
      made.destroy();
      chart.current = null;
    };
  }, [points, words, least, drawn, at, left]);

  const point = (index: number) => {
    const shown = chart.current;
    shown?.setCursor({ left: shown.valToPos(index, 'x'), top: 10 });
  };
  const move = (event: KeyboardEvent) => {
    const last = points.length - 1;
    const now = at.value;
    const next = {
      ArrowLeft: now === null ? last : Math.max(0, now - 1),
      ArrowRight: now === null ? last : Math.min(last, now + 1),
      Home: 0,
      End: last,
    }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      point(next);
    } else if (event.key === 'Enter' && now !== null) {
      open?.(now);
    }
  };

  const shown = at.value === null ? undefined : points[at.value];
  const width = root.current?.clientWidth ?? 0;
  return (
    <div class="chart">
      <div
        class={open ? 'plot opens' : 'plot'}
        ref={root}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, points.length - 1)}
        aria-valuenow={at.value ?? 0}
        aria-valuetext={shown ? reading(shown) : label}
        onKeyDown={move}
        onBlur={() => chart.current?.setCursor({ left: -10, top: -10 })}
        onClick={() => at.value !== null && open?.(at.value)}
      />
      {shown && (
        <div
          class={left.value > width / 2 ? 'chart-tip before' : 'chart-tip'}
          style={{ left: `${left.value}px` }}
          aria-hidden="true"
        >
          {tip(shown)}
        </div>
      )}
    </div>
  );
}
