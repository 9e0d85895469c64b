import type { Asked } from './cache';
import { request } from './request';

/** What is said beside a report. */
export interface ReportMeta {
  date_range: [string, string];
  /** The first day that the report covers, if not the first of the range. */
  data_from?: string;
}

/** How many visits reach goals one after the other. */
export interface FunnelReport {
  steps: FunnelStep[];
  meta: ReportMeta;
}

export interface FunnelStep {
  goal_id: number;
  name: string;
  visits: number;
  /** How many of the step before did not come here. */
  dropoff: number;
  dropoff_rate: number | null;
  /** Percent of those of the first step. */
  conversion_rate: number | null;
}

/** Where visits came from before they first viewed a page, and where they went from there. */
export interface PathsReport {
  page: string;
  visits: number;
  before: PathNode[];
  after: PathNode[];
  meta: ReportMeta;
}

/** A page, `(entry)`, `(exit)` or `(other)`, and what lies beyond it. */
export interface PathNode {
  page: string;
  visits: number;
  next?: PathNode[];
}

/** How many browsers of each first week came again in the weeks after. */
export interface RetentionReport {
  results: Cohort[];
  meta: ReportMeta & { browsers_of_unknown_weeks: number };
}

export interface Cohort {
  /** The Monday of its first week. */
  week: string;
  /** Browsers in that week and in each after it, up to the present. */
  browsers: number[];
}

/** What was not counted, and what was left out of what was. */
export interface RefusalsReport {
  refused: Refused[];
  cleaned: { day: string; kind: string; count: number }[];
  meta: ReportMeta;
}

export interface Refused {
  day: string;
  reason: string;
  /** What kind of it, as the name of a bot; may be empty. */
  detail: string;
  count: number;
}

/** Asks for a report, by the name that its address ends with. */
export function report<T>(
  name: string,
  body: { site_id: string } & Record<string, unknown>,
  holds?: number,
): Asked<T> {
  return {
    // What asks figures anew asks these anew, too.
    key: `query ${body.site_id} ${name} ${JSON.stringify(body)}`,
    load: async (signal) =>
      (await request(`/api/v2/${name}`, { method: 'POST', body, signal, again: true })) as T,
    ...(holds === undefined ? {} : { holds }),
  };
}
