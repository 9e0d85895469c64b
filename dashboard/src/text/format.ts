import type { Figure, Money } from '../api/query';
import type { Day } from '../state/days';
import { language } from './index';
import { locales } from './language';

/*
 * Formats are made once for each language, since making one takes longer than using it. Days are
 * moments at which it is midnight in UTC, so that no zone moves them.
 */
const made = new Map<string, unknown>();

function once<T>(kind: string, make: (locale: string) => T): T {
  const key = `${language.value} ${kind}`;
  const known = made.get(key) as T | undefined;
  if (known !== undefined) {
    return known;
  }
  const fresh = make(locales[language.value]);
  made.set(key, fresh);
  return fresh;
}

const numbers = (kind: string, options: Intl.NumberFormatOptions) =>
  once(kind, (locale) => new Intl.NumberFormat(locale, options));

const dates = (kind: string, options: Intl.DateTimeFormatOptions) =>
  once(kind, (locale) => new Intl.DateTimeFormat(locale, options));

const midnight = (day: Day) => new Date(`${day.slice(0, 10)}T00:00:00Z`);

/** 12,345 */
export const count = (value: number): string => numbers('count', {}).format(value);

/** 12.3K: for what has little room; the whole figure belongs beside it. */
export const short = (value: number): string =>
  Math.abs(value) < 10_000
    ? count(value)
    : numbers('short', {
        notation: 'compact',
        minimumSignificantDigits: 3,
        maximumSignificantDigits: 3,
      }).format(value);

/** 1.85 */
export const decimal = (value: number): string =>
  numbers('decimal', { minimumFractionDigits: 1, maximumFractionDigits: 2 }).format(value);

/** 42%, of a figure that is percent already. */
export const percent = (value: number): string =>
  numbers('percent', { style: 'percent', maximumFractionDigits: 0 }).format(value / 100);

/** 42% or 4.2%: shares of less than ten have a decimal, so that small ones differ. */
export const share = (value: number): string =>
  value >= 10 || value === 0
    ? percent(value)
    : numbers('share', {
        style: 'percent',
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
      }).format(value / 100);

/** +12% */
export const change = (value: number): string =>
  numbers('change', { style: 'percent', signDisplay: 'exceptZero' })
    .format(value / 100)
    .replace('-', '−');

/** 2m 31s, from seconds. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const unit = (value: number, name: string) =>
    numbers(name, { style: 'unit', unit: name, unitDisplay: 'narrow' }).format(value);
  const hours = Math.floor(whole / 3_600);
  const minutes = Math.floor((whole % 3_600) / 60);
  if (hours > 0) {
    return `${unit(hours, 'hour')} ${unit(minutes, 'minute')}`;
  }
  return minutes > 0
    ? `${unit(minutes, 'minute')} ${unit(whole % 60, 'second')}`
    : unit(whole, 'second');
}

/** €1,234.50 */
export const money = ({ value, currency }: Money): string =>
  numbers(`money ${currency}`, { style: 'currency', currency }).format(value);

/** €1.2K: beside a scale. */
export const shortMoney = ({ value, currency }: Money): string =>
  numbers(`short money ${value < 10} ${currency}`, {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: value < 10 ? 2 : 1,
  }).format(value);

/** A figure of a metric in full; a dash where nothing can be said. */
export function figure(metric: string, value: Figure | undefined): string {
  return shown(metric, value, count, money);
}

/** The same where there is little room. */
export function shortFigure(metric: string, value: Figure | undefined): string {
  return shown(metric, value, short, (amount) =>
    Math.abs(amount.value) < 10_000 ? money(amount) : shortMoney(amount),
  );
}

function shown(
  metric: string,
  value: Figure | undefined,
  counted: (value: number) => string,
  paid: (amount: Money) => string,
): string {
  if (value === null || value === undefined) {
    return '–';
  }
  if (typeof value === 'object') {
    return paid(value);
  }
  switch (metric) {
    case 'bounce_rate':
    case 'scroll_depth':
      return percent(value);
    case 'consent_share':
    case 'percentage':
    case 'conversion_rate':
    case 'group_conversion_rate':
      return share(value);
    case 'visit_duration':
    case 'time_on_page':
      return duration(value);
    case 'views_per_visit':
      return decimal(value);
    default:
      return counted(value);
  }
}

/** Monday 9 March 2026 */
export const longDay = (day: Day): string =>
  dates('long', {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(midnight(day));

/** Mon 9 Mar */
export const shortDay = (day: Day): string =>
  dates('short day', { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' }).format(
    midnight(day),
  );

/** 9 Mar */
export const monthDay = (day: Day): string =>
  dates('month day', { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(midnight(day));

/** March 2026 */
export const monthYear = (day: Day): string =>
  dates('month', { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(midnight(day));

/** Mar */
export const monthName = (day: Day): string =>
  dates('month name', { timeZone: 'UTC', month: 'short' }).format(midnight(day));

/** 3–9 Mar 2026 */
export const days = (first: Day, last: Day): string =>
  dates('days', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }).formatRange(
    midnight(first),
    midnight(last),
  );

/** 14:05, of a moment, by the clock of a zone. */
export const clock = (moment: Date, zone: string): string =>
  dates(`clock ${zone}`, { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(moment);

/** 14:00, of a label such as `2026-03-09 14:00:00`. */
export const hour = (label: string): string =>
  dates('hour', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' }).format(
    new Date(`${label.replace(' ', 'T')}Z`),
  );

/** 9 Mar 2026, 14:05, of a moment, by the clock of a zone. */
export const moment = (at: Date, zone: string): string =>
  dates(`moment ${zone}`, { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' }).format(at);
