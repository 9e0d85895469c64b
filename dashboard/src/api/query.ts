import type { Asked } from './cache';
import { request } from './request';

/** A figure: money says its currency, null is what cannot be said. */
export type Figure = number | Money | null;

export interface Money {
  value: number;
  currency: string;
}

/** Figures in the order in which they were asked for. */
export interface Row {
  dimensions: string[];
  metrics: Figure[];
  /** Null if the earlier figures cannot be known. */
  comparison?: { dimensions: string[]; metrics: Figure[]; change: (number | null)[] } | null;
}

/** What is said beside the figures. */
export interface Meta {
  time_labels?: string[];
  total_rows?: number;
  /** The first day that the answer covers, if not the first of the range. */
  data_from?: string;
  /** Until when all is in the answer, if it was read where data come later. */
  data_to?: string;
  metric_warnings?: Record<string, { code: string; warning: string }>;
  comparison_date_range?: [string, string];
  /** Why the figures compared with are not whole. */
  comparison_warning?: { code: string };
  people?: { exactness: 'exact' | 'bounded' | 'sum_of_days'; share: number };
}

export interface Result {
  results: Row[];
  meta: Meta;
  query: { date_range: [string, string]; dimensions: string[]; metrics: string[] };
}

/** A question in the query language (`docs/api.md`). */
export interface Query {
  site_id: string;
  metrics: string[];
  date_range: string | [string, string];
  dimensions?: string[];
  filters?: unknown[];
  order_by?: [string, 'asc' | 'desc'][];
  include?: Record<string, unknown>;
  pagination?: { limit: number; offset?: number };
}

/** A question to the query language. */
export function query(body: Query, holds?: number): Asked<Result> {
  return {
    key: `query ${body.site_id} ${JSON.stringify(body)}`,
    load: async (signal) =>
      (await request('/api/v2/query', { method: 'POST', body, signal, again: true })) as Result,
    ...(holds === undefined ? {} : { holds }),
  };
}

/** All rows of an answer as a file of comma-separated values. */
export const queryFile = async (body: Query): Promise<Blob> =>
  (await request('/api/v2/query.csv', { method: 'POST', body, again: true, as: 'file' })) as Blob;
