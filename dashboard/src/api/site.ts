import type { Asked } from './cache';
import { request } from './request';

/** A remark on a day. */
export interface Annotation {
  id: number;
  day: string;
  text: string;
  /** Whether whoever wrote it alone sees it. */
  personal: boolean;
}

/** Filters with a name. */
export interface Segment {
  id: number;
  name: string;
  filters: unknown[];
  /** Whether whoever saved it alone sees it. */
  personal: boolean;
}

export interface Realtime {
  /** Who viewed a page in the last five minutes; null if the site recognises nobody. */
  visitors: number | null;
  /** The last half hour. */
  minutes: { minute: string; visitors: number | null; pageviews: number }[];
  pages: { page: string; visitors: number | null; pageviews: number }[];
  sources: { source: string; visitors: number }[];
}

const minute = 60_000;

/** Where the API has a site. */
export const pathOf = (site: string): string => `/api/v1/sites/${encodeURIComponent(site)}`;

export const annotations = (site: string): Asked<Annotation[]> => ({
  key: `annotations ${site}`,
  holds: 5 * minute,
  load: async (signal) => {
    const said = await request(`${pathOf(site)}/annotations`, { signal });
    return (said as { annotations: Annotation[] }).annotations;
  },
});

export const segments = (site: string): Asked<Segment[]> => ({
  key: `segments ${site}`,
  holds: 5 * minute,
  load: async (signal) => {
    const said = await request(`${pathOf(site)}/segments`, { signal });
    return (said as { segments: Segment[] }).segments;
  },
});

/** Saves filters under a name; personal ones are seen by who saves them alone. */
export const addSegment = async (
  site: string,
  name: string,
  filters: unknown[],
  personal: boolean,
): Promise<Segment> =>
  (await request(`${pathOf(site)}/segments`, {
    method: 'POST',
    body: { name, filters, personal },
  })) as Segment;

export const removeSegment = async (site: string, id: number): Promise<void> => {
  await request(`${pathOf(site)}/segments/${id}`, { method: 'DELETE' });
};

export const realtime = (site: string): Asked<Realtime> => ({
  key: `realtime ${site}`,
  holds: 5_000,
  load: async (signal) =>
    (await request(`/api/v2/realtime?site_id=${encodeURIComponent(site)}`, {
      signal,
    })) as Realtime,
});
