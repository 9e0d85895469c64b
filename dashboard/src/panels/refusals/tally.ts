import type { Refused } from '../../api/reports';
import { addDays, type Day, daysIn, firstOfMonth, mondayOf } from '../../state/days';
import type { Span } from '../../state/range';
import { spanOfBucket } from '../../state/series';
import type { Interval } from '../../state/view';

/** How often something was so. */
export interface Tally {
  name: string;
  count: number;
}

/** Counts by name, the most first. */
export function tallyBy<T extends { count: number }>(all: T[], name: (one: T) => string): Tally[] {
  const counts = new Map<string, number>();
  all.forEach((one) => counts.set(name(one), (counts.get(name(one)) ?? 0) + one.count));
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((one, other) => other.count - one.count);
}

/** What was refused in a day, week or month. */
export interface Stack extends Span {
  /** By the reasons that are told apart, in their order; what all others come to is the last. */
  parts: number[];
  total: number;
}

/** The interval by which few enough stacks stand beside each other. */
export const stackInterval = ({ first, last }: Span): Interval => {
  const days = daysIn(first, last);
  return days <= 62 ? 'day' : days <= 430 ? 'week' : 'month';
};

/**
 * What was refused over time.
 *
 * @param reasons those that are told apart
 */
export function stacksOf(refused: Refused[], span: Span, reasons: string[]): Stack[] {
  const interval = stackInterval(span);
  const stacks = new Map<Day, Stack>();
  const begin = (day: Day): Day =>
    interval === 'day' ? day : interval === 'week' ? mondayOf(day) : firstOfMonth(day);
  for (let day = begin(span.first); day <= span.last;) {
    const bucket = spanOfBucket(day, interval);
    stacks.set(day, {
      ...bucket,
      parts: Array.from({ length: reasons.length + 1 }, () => 0),
      total: 0,
    });
    day = addDays(bucket.last, 1);
  }
  for (const { day, reason, count } of refused) {
    const stack = stacks.get(begin(day));
    if (stack) {
      const at = reasons.indexOf(reason);
      const part = at < 0 ? reasons.length : at;
      stack.parts[part] = (stack.parts[part] ?? 0) + count;
      stack.total += count;
    }
  }
  return [...stacks.values()];
}
