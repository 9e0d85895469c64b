import type { Meta } from '../api/query';
import { daysIn } from '../state/days';
import type { Range, Span } from '../state/range';
import type { Subjects } from '../state/subjects';
import { type Headline, headlines, type View } from '../state/view';
import { fitting } from './fitting';

/** What is said of those who reached a goal; views and bounces are none of the steps that reach it. */
const ofGoals: readonly Headline[] = ['visitors', 'visits', 'events', 'conversion_rate'];

/** Figures that can be asked for in a view; the server refuses questions that have no answer. */
export function askable(view: View, asked: Subjects): Headline[] {
  if (asked('event:goal')) {
    return [...ofGoals];
  }
  const possible: readonly string[] = fitting(headlines, asked);
  return headlines.filter((metric) => {
    switch (metric) {
      case 'people':
        return view.filters.length === 0 && view.range !== 'today';
      case 'events':
      case 'conversion_rate':
        return false;
      default:
        return possible.includes(metric);
    }
  });
}

/** Whether a figure says anything at a site: people and consent say nothing where no cookie is kept. */
export function saysSomething(metric: Headline, value: number | null, meta: Meta): boolean {
  switch (metric) {
    case 'people':
      return meta.people !== undefined && meta.people.exactness !== 'sum_of_days';
    case 'consent_share':
      return value !== null && value > 0;
    default:
      return true;
  }
}

/** What is to be known of a figure before it is believed. */
export type Exactness =
  | 'exact'
  /** It may be too high, and never too low. */
  | 'at_most'
  /** Who comes on two days counts twice. */
  | 'sum_of_days'
  | 'no_visits'
  | 'memory_lost';

/** How exact a figure is; null where there is nothing to say. */
export function exactness(metric: Headline, meta: Meta, days: number): Exactness | null {
  const warned = meta.metric_warnings?.[metric]?.code;
  if (warned === 'no_visits' || warned === 'memory_lost') {
    return warned;
  }
  if (metric === 'people') {
    return meta.people?.exactness === 'exact' ? 'exact' : 'at_most';
  }
  return metric === 'visitors' && days > 1 ? 'sum_of_days' : null;
}

/** How many days an answer is about. */
export function daysOf([from, to]: [string, string]): number {
  return daysIn(from.slice(0, 10), to.slice(0, 10));
}

/** Whether more is better; null where neither is. */
export function betterIfMore(metric: string): boolean | null {
  switch (metric) {
    case 'bounce_rate':
      return false;
    case 'consent_share':
    case 'refused':
      return null;
    default:
      return true;
  }
}

/** The least that a scale reaches to, so that two visitors do not look like a crowd. */
export function leastTop(metric: string): number {
  switch (metric) {
    case 'bounce_rate':
    case 'consent_share':
    case 'conversion_rate':
      return 10;
    case 'views_per_visit':
      return 2;
    case 'visit_duration':
      return 60;
    default:
      return 4;
  }
}

/** Whether a range is one day, which is shown by its hours. */
export const isOneDay = (range: Range, span: Span | null): boolean =>
  range === 'today' || (span !== null && span.first === span.last);
