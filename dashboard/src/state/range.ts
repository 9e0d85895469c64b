import {
  addDays,
  addMonths,
  addYears,
  type Day,
  daysIn,
  firstOfMonth,
  isDay,
  lastOfMonth,
} from './days';

/** Ranges that move along with time; the last day of all is today, but for yesterday. */
export const rangeNames = [
  'today',
  'yesterday',
  '7d',
  '28d',
  '30d',
  '91d',
  'month',
  '12mo',
  'year',
  'all',
] as const;

export type RangeName = (typeof rangeNames)[number];

/** The time that figures are about: one that has a name, or days of which both ends belong to it. */
export type Range = RangeName | Span;

export interface Span {
  first: Day;
  last: Day;
}

const isName = (text: string): text is RangeName =>
  (rangeNames as readonly string[]).includes(text);

/** Reads `28d`, `2026`, `2026-03` or `2026-03-01..2026-03-09`; null if it is none of these. */
export function parseRange(text: string): Range | null {
  if (isName(text)) {
    return text;
  }
  if (/^\d{4}$/.test(text) && isDay(`${text}-01-01`)) {
    return { first: `${text}-01-01`, last: `${text}-12-31` };
  }
  if (/^\d{4}-\d\d$/.test(text) && isDay(`${text}-01`)) {
    return { first: `${text}-01`, last: lastOfMonth(`${text}-01`) };
  }
  const [first = '', last = first, ...more] = text.split('..');
  return isDay(first) && isDay(last) && first <= last && more.length === 0 ? { first, last } : null;
}

/** Whether days are a month, a year, or neither. */
export function unitOf({ first, last }: Span): 'month' | 'year' | null {
  if (first.endsWith('-01-01') && last === `${first.slice(0, 4)}-12-31`) {
    return 'year';
  }
  return first.endsWith('-01') && last === lastOfMonth(first) ? 'month' : null;
}

/** Writes a range as {@link parseRange} reads it. */
export function rangeText(range: Range): string {
  if (typeof range === 'string') {
    return range;
  }
  switch (unitOf(range)) {
    case 'year':
      return range.first.slice(0, 4);
    case 'month':
      return range.first.slice(0, 7);
    default:
      return range.first === range.last ? range.first : `${range.first}..${range.last}`;
  }
}

/** The days that a range is about; null of `all`, whose first day the server knows. */
export function spanOf(range: Range, today: Day): Span | null {
  if (typeof range !== 'string') {
    return range;
  }
  const until = (first: Day) => ({ first, last: today });
  switch (range) {
    case 'today':
      return until(today);
    case 'yesterday':
      return { first: addDays(today, -1), last: addDays(today, -1) };
    case '7d':
    case '28d':
    case '30d':
    case '91d':
      return until(addDays(today, 1 - Number.parseInt(range)));
    case 'month':
      return until(firstOfMonth(today));
    case '12mo':
      return until(firstOfMonth(addMonths(firstOfMonth(today), -11)));
    case 'year':
      return until(`${today.slice(0, 4)}-01-01`);
    case 'all':
      return null;
  }
}

/**
 * The days before or after those of a range, as many of them; months and years move as such. Null
 * where there are none: before all, or after today.
 */
export function step(range: Range, direction: -1 | 1, today: Day): Range | null {
  const span = spanOf(range, today);
  if (!span) {
    return null;
  }
  const moved = movedSpan(range, span, direction);
  return moved.first > today ? null : named(moved, today);
}

function movedSpan(range: Range, span: Span, direction: -1 | 1): Span {
  const unit = range === 'month' ? 'month' : range === 'year' ? 'year' : unitOf(span);
  if (unit === 'month') {
    const first = addMonths(firstOfMonth(span.first), direction);
    return { first, last: lastOfMonth(first) };
  }
  if (unit === 'year') {
    const first = addYears(span.first, direction);
    return { first, last: `${first.slice(0, 4)}-12-31` };
  }
  if (range === '12mo') {
    const first = addMonths(span.first, 12 * direction);
    return { first, last: lastOfMonth(addMonths(first, 11)) };
  }
  const days = daysIn(span.first, span.last) * direction;
  return { first: addDays(span.first, days), last: addDays(span.last, days) };
}

/** Days that are today, yesterday, or the month or year under way go by that name. */
function named(span: Span, today: Day): Range {
  const names: RangeName[] = ['today', 'yesterday'];
  for (const name of names) {
    const same = spanOf(name, today);
    if (same?.first === span.first && same.last === span.last) {
      return name;
    }
  }
  const unit = unitOf(span);
  if (unit && span.first <= today && today <= span.last) {
    return unit;
  }
  return span;
}
