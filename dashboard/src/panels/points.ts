import type { Result } from '../api/query';
import type { Annotation } from '../api/site';
import type { Point } from '../chart/plot';
import { type Bucket, bucketsOf, spanOfBucket } from '../state/series';
import type { Interval } from '../state/view';
import * as format from '../text/format';
import { t } from '../text';
import { asNumber } from './Change';

interface Parts {
  metric: string;
  answer: Result;
  /** The same of the time that it is compared with; null for none. */
  before: Result | null;
  annotations: Annotation[];
  /** What the wall says now at the site. */
  clock: string;
}

/** The interval that an answer is by. */
export const intervalOfAnswer = ({ query }: Result): Interval =>
  (query.dimensions[0] ?? 'time:day').slice('time:'.length) as Interval;

/** The days that an answer is about. */
export const spanOfAnswer = ({ query }: Result) => ({
  first: query.date_range[0].slice(0, 10),
  last: query.date_range[1].slice(0, 10),
});

/** The points of a curve, each with what it is compared with: the first with the first. */
export function pointsOf({ metric, answer, before, annotations, clock }: Parts): Point[] {
  const interval = intervalOfAnswer(answer);
  const labels = answer.meta.time_labels ?? [];
  const buckets = bucketsOf(labels, interval, spanOfAnswer(answer), clock);
  const values = valuesOf(answer);
  const from = answer.meta.data_from;
  const earlier = before?.meta.time_labels ?? [];
  const earlierValues = before ? valuesOf(before) : null;
  return buckets.map((bucket, index) => {
    const partner = earlier[index];
    const { first, last } = spanOfBucket(bucket.label, interval);
    return {
      title: titleOf(bucket, interval),
      tick: tickOf(bucket.label, interval),
      value:
        bucket.future || isGone(bucket.label, interval, from)
          ? null
          : (values.get(bucket.label) ?? nothing(metric)),
      before:
        earlierValues && partner !== undefined && !isGone(partner, interval, before?.meta.data_from)
          ? (earlierValues.get(partner) ?? nothing(metric))
          : null,
      beforeTitle: partner === undefined ? null : dayTitle(partner, interval),
      partial: bucket.partial || (from !== undefined && first < from && from <= last),
      begins: from !== undefined && first <= from && from <= last,
      notes: notesOf(bucket.label, interval, annotations),
    };
  });
}

/** Whether all of a bucket lies before the first day of which visits are kept: nothing is known, not none. */
const isGone = (label: string, interval: Interval, from: string | undefined): boolean =>
  from !== undefined && spanOfBucket(label, interval).last < from;

/** What a figure is where nothing was counted: counts are 0, and of nothing there is no average. */
const nothing = (metric: string): number | null =>
  ['views_per_visit', 'bounce_rate', 'visit_duration', 'consent_share'].includes(metric) ? null : 0;

function valuesOf({ results }: Result): Map<string, number | null> {
  return new Map(
    results.map(({ dimensions, metrics: [value] }) => [dimensions[0] ?? '', asNumber(value)]),
  );
}

function notesOf(label: string, interval: Interval, annotations: Annotation[]): string[] {
  if (interval === 'hour' && !label.endsWith('00:00:00')) {
    return [];
  }
  const { first, last } = spanOfBucket(label, interval);
  return annotations.filter(({ day }) => first <= day && day <= last).map(({ text }) => text);
}

function titleOf(bucket: Bucket, interval: Interval): string {
  const title = dayTitle(bucket.label, interval);
  return bucket.partial ? t().chart.partial(title) : title;
}

function dayTitle(label: string, interval: Interval): string {
  switch (interval) {
    case 'hour':
      return `${format.shortDay(label)}, ${format.hour(label)}`;
    case 'day':
      return format.shortDay(label);
    case 'week': {
      const { first, last } = spanOfBucket(label, interval);
      return format.days(first, last);
    }
    case 'month':
      return format.monthYear(label);
  }
}

function tickOf(label: string, interval: Interval): string {
  switch (interval) {
    case 'hour':
      return format.hour(label);
    case 'month':
      return label.slice(5, 7) === '01' ? label.slice(0, 4) : format.monthName(label);
    default:
      return format.monthDay(label);
  }
}
