import { addDays, addMonths, addYears, type Day, daysIn } from './days';
import { type Range, type RangeName, type Span, spanOf, unitOf } from './range';
import type { Comparison, Interval } from './view';

/** One point of a curve: an hour, a day, a week or a month. */
export interface Bucket {
  /** As the query language names it: its first day, or the hour. */
  label: string;
  /** Whether the range or the present cuts it, so that it is less than its neighbours. */
  partial: boolean;
  /** Whether it has not begun, so that there is no figure rather than none. */
  future: boolean;
}

/** The intervals that a range can be drawn by: few enough points to see, enough to be a curve. */
export function intervalsFor(days: number): Interval[] {
  const fitting: [Interval, boolean][] = [
    ['hour', days <= 7],
    ['day', days >= 2 && days <= 800],
    ['week', days >= 21],
    ['month', days >= 60],
  ];
  return fitting.filter(([, fits]) => fits).map(([interval]) => interval);
}

/** The interval that suits a range: what is chosen if it fits, else the finest that stays calm. */
export function intervalOf(chosen: Interval | null, days: number): Interval {
  if (chosen && intervalsFor(days).includes(chosen)) {
    return chosen;
  }
  if (days === 1) {
    return 'hour';
  }
  return days <= 100 ? 'day' : days <= 800 ? 'week' : 'month';
}

/** The days that a point is about. */
export function spanOfBucket(label: string, interval: Interval): Span {
  const first = label.slice(0, 10);
  switch (interval) {
    case 'hour':
    case 'day':
      return { first, last: first };
    case 'week':
      return { first, last: addDays(first, 6) };
    case 'month':
      return { first, last: addDays(addMonths(first, 1), -1) };
  }
}

/**
 * The points of a curve.
 *
 * @param clock what the wall says now at the site, as in `2026-03-09T14:05:00`
 */
export function bucketsOf(
  labels: string[],
  interval: Interval,
  span: Span,
  clock: string,
): Bucket[] {
  const today = clock.slice(0, 10);
  const hour = clock.slice(0, 13).replace('T', ' ');
  return labels.map((label) => {
    if (interval === 'hour') {
      const own = label.slice(0, 13);
      return { label, partial: own === hour, future: own > hour };
    }
    const { first, last } = spanOfBucket(label, interval);
    const runs = first <= today && today <= last;
    return {
      label,
      partial: runs || first < span.first || last > span.last,
      future: first > today,
    };
  });
}

/** The days that a range is compared with; null for none. The same as the server compares with. */
export function earlierSpan(
  { range, compare, matchWeekdays }: { range: Range; compare: Comparison; matchWeekdays: boolean },
  today: Day,
): Span | null {
  const span = spanOf(range, today);
  if (!span || compare === 'none') {
    return null;
  }
  const { first, last } = span;
  if (compare === 'year') {
    return matchWeekdays
      ? { first: addDays(first, -364), last: addDays(last, -364) }
      : { first: addYears(first, -1), last: addDays(addYears(addDays(last, 1), -1), -1) };
  }
  const months = matchWeekdays ? null : monthsBefore(range, span);
  if (months) {
    return months;
  }
  const days = daysIn(first, last);
  const back = matchWeekdays ? 7 * Math.ceil(days / 7) : days;
  return { first: addDays(first, -back), last: addDays(last, -back) };
}

/** Months and years are compared with those before, as far as they have come, whatever their length. */
export function monthsBefore(range: Range, { first, last }: Span): Span | null {
  const months = typeof range === 'string' ? named[range] : spanned[unitOf(range) ?? 'neither'];
  if (months === undefined) {
    return null;
  }
  const whole = typeof range !== 'string';
  return {
    first: addMonths(first, -months),
    last: whole ? addDays(first, -1) : addMonths(last, -months),
  };
}

/** How many months ranges go back to what they are compared with. */
const named: Partial<Record<RangeName, number>> = { month: 1, '12mo': 12, year: 12 };
const spanned: Partial<Record<string, number>> = { month: 1, year: 12 };
