import type { Asked } from './cache';
import { request } from './request';

/** What a link, or a public site, shows to outsiders. */
export interface SharedSite {
  name: string;
  site: { domain: string; timezone: string };
  /** All that is counted; empty if everything is. */
  filters: unknown[];
  /** Every figure is a sum of figures of days, each a multiple of this. */
  rounded_to: number;
}

/**
 * Asks what outsiders see.
 *
 * @param domain of a public site; null for a link, which knows its own
 */
export const sharedSite = (domain: string | null): Asked<SharedSite> => ({
  key: `outside ${domain ?? ''}`,
  load: async (signal) =>
    (await request(
      domain === null ? '/api/shared' : `/api/shared?site_id=${encodeURIComponent(domain)}`,
      { signal },
    )) as SharedSite,
});
