import { query, type Query, type Result } from '../api/query';
import type { Asked } from '../api/cache';
import type { Site } from '../api/me';
import { report } from '../api/reports';
import { type Day, startOfDay, todayIn, wallClock } from './days';
import { filterJson } from './filter';
import { type Range, type Span, spanOf } from './range';
import { monthsBefore } from './series';
import type { View } from './view';

/** What a part of the page asks about the view. */
export interface Question {
  metrics: string[];
  dimensions?: string[];
  /** Beside those of the view, in the query language. */
  filters?: unknown[];
  order?: [string, 'asc' | 'desc'][];
  limit?: number;
  offset?: number;
  totalRows?: boolean;
  timeLabels?: boolean;
  /** Whole days to ask about in place of those of the view. */
  span?: Span;
  /** Whether figures are compared, if the view is; they are unless this is false. */
  compare?: boolean;
}

/** How long an answer holds that is about a time which is not over: less where an hour is much. */
const holds = (range: Range): number => (range === 'today' ? 60_000 : 5 * 60_000);

/** Asks something about what is shown. */
export function about(site: Site, view: View, question: Question, now = new Date()): Asked<Result> {
  const today = todayIn(site.timezone, now);
  const span = question.span ?? spanOf(view.range, today);
  return query(
    queryAbout(site, view, question, now),
    span && span.last < today ? undefined : holds(view.range),
  );
}

/** A question about what is shown, in the query language. */
export function queryAbout(site: Site, view: View, question: Question, now = new Date()): Query {
  const today = todayIn(site.timezone, now);
  const comparison = question.compare === false ? null : comparisonOf(view, today);
  const filters = [...view.filters.map(filterJson), ...(question.filters ?? [])];
  const include = {
    ...(question.totalRows ? { total_rows: true } : {}),
    ...(question.timeLabels ? { time_labels: true } : {}),
    ...(comparison ? { comparisons: comparison } : {}),
  };
  return {
    site_id: site.domain,
    metrics: question.metrics,
    date_range: rangeAbout(site, view, question.span ?? null, now),
    ...(question.dimensions ? { dimensions: question.dimensions } : {}),
    ...(filters.length > 0 ? { filters } : {}),
    ...(question.order ? { order_by: question.order } : {}),
    ...(Object.keys(include).length > 0 ? { include } : {}),
    ...(question.limit === undefined
      ? {}
      : { pagination: { limit: question.limit, offset: question.offset ?? 0 } }),
  };
}

/** What a report is asked about what is shown. */
export interface ReportQuestion {
  /** As its address names it. */
  name: 'funnel' | 'paths' | 'retention' | 'refusals';
  /** What it wants to know beside site, time and filters. */
  of?: Record<string, unknown>;
  /** Whether it counts what the filters let count; reports of sums cannot. */
  filtered: boolean;
  /** Whole days to ask about in place of those of the view. */
  span?: Span;
}

/** Asks for a report about what is shown. */
export function reportAbout<T>(
  site: Site,
  view: View,
  { name, of = {}, filtered, span }: ReportQuestion,
  now = new Date(),
): Asked<T> {
  const today = todayIn(site.timezone, now);
  const days = span ?? spanOf(view.range, today);
  const body = {
    site_id: site.domain,
    date_range: rangeAbout(site, view, span ?? null, now),
    ...of,
    ...(filtered && view.filters.length > 0 ? { filters: view.filters.map(filterJson) } : {}),
  };
  return report(name, body, days && days.last < today ? undefined : holds(view.range));
}

const rangeAbout = (site: Site, view: View, span: Span | null, now: Date) =>
  span
    ? ([span.first, span.last] as [string, string])
    : dateRange(site, view.range, spanOf(view.range, todayIn(site.timezone, now)), now);

/*
 * Today ends with the hour under way, so that it is compared with as many hours of yesterday and not
 * with all of it. Longer ranges end with the day under way: a part of one day in many misleads less
 * than a range that today is not in.
 */
function dateRange(
  site: Site,
  range: Range,
  span: Span | null,
  now: Date,
): string | [string, string] {
  if (!span) {
    return 'all';
  }
  if (range === 'today') {
    return [moment(startOfDay(span.first, site.timezone)), moment(endOfHour(now, site.timezone))];
  }
  return [span.first, span.last];
}

/** The last second of the hour that it is somewhere. */
function endOfHour(now: Date, zone: string): Date {
  const clock = wallClock(zone, now);
  const since = Number(clock.slice(14, 16)) * 60 + Number(clock.slice(17, 19));
  return new Date(Math.floor(now.getTime() / 1_000) * 1_000 + (3_599 - since) * 1_000);
}

const moment = (at: Date) => at.toISOString().replace(/\.\d+Z$/, '+00:00');

/** What figures are compared with, in the query language; null for nothing. */
export function comparisonOf(view: View, today: Day): Record<string, unknown> | null {
  if (view.compare === 'none' || view.range === 'all') {
    return null;
  }
  const matching = view.matchWeekdays ? { match_day_of_week: true } : {};
  if (view.compare === 'year') {
    return { mode: 'year_over_year', ...matching };
  }
  const span = view.matchWeekdays ? null : spanOf(view.range, today);
  const before = span && monthsBefore(view.range, span);
  return before
    ? { mode: 'custom', date_range: [before.first, before.last] }
    : { mode: 'previous_period', ...matching };
}
