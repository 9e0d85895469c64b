import type { Result } from '../api/query';

/** A figure over time, and what it was before. */
export interface Sum {
  values: number[];
  total: number;
  before: number;
}

/** The visitors of a site by day, of the range and of as many days before it. */
export function sumOf(series: Result, total: Result): Sum {
  const byDay = new Map(
    series.results.map(({ dimensions: [day = ''], metrics: [value] }) => [day, Number(value ?? 0)]),
  );
  const row = total.results[0];
  return {
    values: (series.meta.time_labels ?? []).map((day) => byDay.get(day) ?? 0),
    total: Number(row?.metrics[0] ?? 0),
    before: Number(row?.comparison?.metrics[0] ?? 0),
  };
}

/** The figures of several sites, added up day by day, the last days of all beneath each other. */
export function addUp(sums: Sum[]): Sum {
  const length = Math.max(0, ...sums.map(({ values }) => values.length));
  return {
    values: Array.from({ length }, (_, index) =>
      sums.reduce((sum, { values }) => sum + (values[values.length - length + index] ?? 0), 0),
    ),
    total: sums.reduce((sum, { total }) => sum + total, 0),
    before: sums.reduce((sum, { before }) => sum + before, 0),
  };
}

/** How much more or less it is, in percent; null where there was nothing before. */
export const changeOf = ({ total, before }: Sum): number | null =>
  before === 0 ? (total === 0 ? 0 : null) : Math.round((100 * (total - before)) / before);
