import { type Asked, renew } from './cache';
import { request } from './request';
import { pathOf } from './site';

/** What visitors are to do. */
export interface Goal {
  id: string;
  display_name: string;
  goal_type: 'event' | 'page';
  event_name: string | null;
  page_path: string | null;
  scroll_threshold?: number;
  custom_props: Record<string, string>;
  currency?: string;
  value?: number;
}

/** A goal that is to be added. */
export interface NewGoal {
  goal_type: Goal['goal_type'];
  event_name?: string;
  page_path?: string;
  display_name?: string;
  scroll_threshold?: string;
  custom_props?: Record<string, string>;
  currency?: string;
  value?: string;
}

export interface Funnel {
  id: number;
  name: string;
  goals: number[];
}

const minutes = 60_000;
/** The API answers at most so many at once; no site has more. */
const all = 1_000;

const listed = <T>(kind: string, site: string, path: string, field: string): Asked<T[]> => ({
  key: `${kind} ${site}`,
  holds: 5 * minutes,
  load: async (signal) => ((await request(path, { signal })) as Record<string, T[]>)[field] ?? [],
});

const ofSite = (site: string) => `site_id=${encodeURIComponent(site)}`;

export const goals = (site: string): Asked<Goal[]> =>
  listed('goals', site, `/api/v1/sites/goals?${ofSite(site)}&limit=${all}`, 'goals');

export async function addGoal(site: string, goal: NewGoal): Promise<void> {
  await request('/api/v1/sites/goals', { method: 'PUT', body: { site_id: site, ...goal } });
  renew(`goals ${site}`);
}

export async function removeGoal(site: string, id: string): Promise<void> {
  await request(`/api/v1/sites/goals/${id}?${ofSite(site)}`, { method: 'DELETE' });
  renew(`goals ${site}`);
}

/** Names of the properties whose values are totalled. */
export const properties = (site: string): Asked<{ property: string }[]> =>
  listed(
    'properties',
    site,
    `/api/v1/sites/custom-props?${ofSite(site)}&limit=${all}`,
    'custom_properties',
  );

export async function addProperty(site: string, property: string): Promise<void> {
  await request('/api/v1/sites/custom-props', {
    method: 'PUT',
    body: { site_id: site, property },
  });
  renew(`properties ${site}`);
}

export async function removeProperty(site: string, property: string): Promise<void> {
  await request(`/api/v1/sites/custom-props/${encodeURIComponent(property)}?${ofSite(site)}`, {
    method: 'DELETE',
  });
  renew(`properties ${site}`);
}

export const funnels = (site: string): Asked<Funnel[]> =>
  listed('funnels', site, `${pathOf(site)}/funnels`, 'funnels');

export async function addFunnel(site: string, name: string, steps: number[]): Promise<void> {
  await request(`${pathOf(site)}/funnels`, { method: 'POST', body: { name, goals: steps } });
  renew(`funnels ${site}`);
}

export async function removeFunnel(site: string, id: number): Promise<void> {
  await request(`${pathOf(site)}/funnels/${id}`, { method: 'DELETE' });
  renew(`funnels ${site}`);
}

export async function addAnnotation(
  site: string,
  annotation: { day: string; text: string; personal: boolean },
): Promise<void> {
  await request(`${pathOf(site)}/annotations`, { method: 'POST', body: annotation });
  renew(`annotations ${site}`);
}

export async function removeAnnotation(site: string, id: number): Promise<void> {
  await request(`${pathOf(site)}/annotations/${id}`, { method: 'DELETE' });
  renew(`annotations ${site}`);
}
