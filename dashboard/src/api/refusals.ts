import type { Asked } from './cache';
import { request } from './request';

/** What was not counted, and why. */
export interface Refusals {
  refused: { day: string; reason: string; detail: string; count: number }[];
  /** Each reason in words, in English. */
  reasons: Record<string, string>;
}

/** What of a site was not counted today. */
export const refusalsToday = (site: string): Asked<Refusals> => ({
  key: `refusals today ${site}`,
  holds: 4_000,
  load: async (signal) =>
    (await request(`/api/v2/refusals?site_id=${encodeURIComponent(site)}&date_range=day`, {
      signal,
    })) as Refusals,
});
