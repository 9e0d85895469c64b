import uPlot from 'uplot';
import { colour } from './colour';

/** A point of the curve, as it is drawn and read out. */
export interface Point {
  /** What it is about, in full. */
  title: string;
  /** The same beneath the axis. */
  tick: string;
  value: number | null;
  /** The figure that it is compared with; null if there is none. */
  before: number | null;
  /** What that is about. */
  beforeTitle: string | null;
  /** Whether it is about less time than its neighbours, and so drawn dashed. */
  partial: boolean;
  /** Whether visits are kept from here on, and nothing before it can be counted by them. */
  begins: boolean;
  /** Remarks on it. */
  notes: string[];
}

const dash = [5, 4];
const tickWidth = 64;

/** The curve split in two: what is whole, and what leads to or from points that are not. */
export function split(points: Point[]): { whole: (number | null)[]; cut: (number | null)[] } {
  const whole = points.map(({ value, partial }) => (partial ? null : value));
  const cut = points.map(({ value, partial }, index) => {
    const beside = points[index - 1]?.partial === true || points[index + 1]?.partial === true;
    return partial || beside ? value : null;
  });
  return { whole, cut };
}

/** The points that have a word beneath the axis: as many as there is room for, evenly apart. */
export function ticks(count: number, width: number): number[] {
  const most = Math.max(2, Math.floor(width / tickWidth));
  const steps = [1, 2, 3, 4, 6, 7, 14, 28];
  const step = steps.find((one) => count / one <= most) ?? Math.ceil(count / most);
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}

/** The end of the scale: above all values, and a round number. */
export function top(values: (number | null)[], least: number): number {
  const highest = Math.max(least, ...values.map((value) => value ?? 0));
  const unit = 10 ** Math.floor(Math.log10(highest));
  const rounded = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => highest <= step * unit);
  return (rounded ?? 10) * unit;
}

/**
 * Draws the curve of points.
 *
 * @param words how a value is written beside the scale
 * @param least the least that the scale reaches to, so that nothing looks like much
 * @param pointed is told which point the pointer is over; null for none
 */
export function plot(
  root: HTMLElement,
  points: Point[],
  size: { width: number; height: number },
  words: (value: number) => string,
  least: number,
  pointed: (index: number | null) => void,
): uPlot {
  const accent = colour('--accent', root);
  const quiet = colour('--quiet', root);
  const line = colour('--line', root);
  const earlier = colour('--earlier', root);
  const fill = colour('--fill', root);
  const font = `12px ${getComputedStyle(root).fontFamily}`;
  const { whole, cut } = split(points);
  const before = points.map((point) => point.before);
  const lone = points.filter(({ value }) => value !== null).length < 3;
  const end = top([...points.map(({ value }) => value), ...before], least);
  const room = 16 + 7.5 * Math.max(2, ...[end / 2, end].map((value) => words(value).length));
  return new uPlot(
    {
      ...size,
      padding: [10, 26, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: false, range: [0, Math.max(1, points.length - 1)] },
        y: { range: [0, end] },
      },
      cursor: {
        y: false,
        drag: { x: false, y: false },
        points: { size: 9, width: 2, stroke: accent, fill: colour('--panel', root) },
      },
      axes: [
        {
          stroke: quiet,
          font,
          gap: 8,
          size: 30,
          grid: { show: false },
          ticks: { show: false },
          splits: (chart) => ticks(points.length, chart.width),
          values: (_, splits) => splits.map((index) => points[index]?.tick ?? ''),
        },
        {
          stroke: quiet,
          font,
          gap: 8,
          size: room,
          grid: { stroke: line, width: 1 },
          ticks: { show: false },
          splits: () => [0, end / 2, end],
          values: (_, splits) => splits.map(words),
        },
      ],
      series: [
        {},
        { stroke: earlier, width: 1.5, points: { show: false } },
        { stroke: accent, width: 2, fill, points: { show: lone, size: 7 } },
        { stroke: accent, width: 2, fill, dash, points: { show: lone, size: 7 } },
      ],
      hooks: {
        setCursor: [({ cursor }) => pointed(cursor.idx ?? null)],
        draw: [
          (chart) => drawBeginning(chart, points, quiet),
          (chart) => drawNotes(chart, points, accent),
        ],
      },
    },
    [points.map((_, index) => index), before, whole, cut],
    root,
  );
}

/** A line where the visits begin that are kept, and a shade over what lies before. */
function drawBeginning(chart: uPlot, points: Point[], stroke: string): void {
  const at = points.findIndex(({ begins }) => begins);
  if (at < 0) {
    return;
  }
  const { ctx, bbox } = chart;
  const scale = devicePixelRatio;
  const x = chart.valToPos(at, 'x', true);
  ctx.save();
  ctx.fillStyle = stroke;
  ctx.globalAlpha = 0.08;
  ctx.fillRect(bbox.left, bbox.top, x - bbox.left, bbox.height);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = stroke;
  ctx.lineWidth = scale;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

/** A mark at the foot of each point that somebody said something about. */
function drawNotes(chart: uPlot, points: Point[], stroke: string): void {
  const { ctx, bbox } = chart;
  const scale = devicePixelRatio;
  points.forEach(({ notes }, index) => {
    if (notes.length === 0) {
      return;
    }
    const x = chart.valToPos(index, 'x', true);
    const foot = bbox.top + bbox.height;
    ctx.save();
    ctx.strokeStyle = stroke;
    ctx.fillStyle = stroke;
    ctx.lineWidth = scale;
    ctx.setLineDash([2 * scale, 3 * scale]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, foot);
    ctx.stroke();
    ctx.beginPath();
    ctx.arc(x, foot, 4 * scale, 0, 2 * Math.PI);
    ctx.fill();
    ctx.restore();
  });
}
