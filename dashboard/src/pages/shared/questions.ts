import type { Asked } from '../../api/cache';
import { query, type Result } from '../../api/query';
import { t } from '../../text';

/** The times that outsiders look at, as the query language names them. */
export const ranges = ['7d', '30d', '91d', '12mo'] as const;

export type SharedRange = (typeof ranges)[number];

/** The one that an address names; a month unless it names one. */
export const rangeOf = (search: string): SharedRange => {
  const named = new URLSearchParams(search).get('range');
  return ranges.find((range) => range === named) ?? '30d';
};

/** What is drawn by default, and what is said beside it. */
export const headline = [
  'visitors',
  'visits',
  'pageviews',
  'bounce_rate',
  'visit_duration',
] as const;

export type SharedMetric = (typeof headline)[number];

const intervals: Record<SharedRange, string> = {
  '7d': 'time:day',
  '30d': 'time:day',
  '91d': 'time:day',
  '12mo': 'time:month',
};

/** Answers change once a day; a page that stays open asks again. */
const hour = 3_600_000;

/** The figures of the whole time. */
export const total = (site: string, range: SharedRange): Asked<Result> =>
  query({ site_id: site, metrics: [...headline], date_range: range }, hour);

/** One of them over time. */
export const series = (site: string, range: SharedRange, metric: SharedMetric): Asked<Result> =>
  query(
    {
      site_id: site,
      metrics: [metric],
      date_range: range,
      dimensions: [intervals[range]],
      include: { time_labels: true },
    },
    hour,
  );

/** A list of values with a figure each. */
export interface SharedList {
  title: string;
  dimension: string;
}

export const panels = (): SharedList[] => [
  { title: t().panels.pages.title, dimension: 'event:page' },
  { title: t().panels.sources.title, dimension: 'visit:source' },
  { title: t().panels.places.country, dimension: 'visit:country' },
  { title: t().panels.devices.title, dimension: 'visit:device' },
];

const rows = 10;

export const breakdown = (
  site: string,
  range: SharedRange,
  dimension: string,
  metric: SharedMetric,
): Asked<Result> =>
  query(
    {
      site_id: site,
      metrics: [metric],
      date_range: range,
      dimensions: [dimension],
      pagination: { limit: rows },
    },
    hour,
  );
