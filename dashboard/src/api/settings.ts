import { type Asked, keep, renew } from './cache';
import { request } from './request';
import { pathOf } from './site';

/** Something that holds for a site. */
export interface Setting {
  name: string;
  /** What was said; null where the default holds. */
  value: string | null;
  default: string;
  /** What it is, in English. */
  description: string;
  /** Its choices with bars between them, or a word for what is to be written. */
  values: string;
}

export interface SiteSettings {
  domain: string;
  timezone: string;
  public_id: string;
  profile: string;
  profiles: { name: string; description: string }[];
  settings: Setting[];
  /** Where the settings go beyond the profile. */
  departures: { name: string; words: string }[];
}

const minute = 60_000;

export const settingsOf = (site: string): Asked<SiteSettings> => ({
  key: `settings ${site}`,
  holds: 5 * minute,
  load: async (signal) => (await request(`${pathOf(site)}/settings`, { signal })) as SiteSettings,
});

/** What is to hold from now on; null for the default. */
export interface SettingsChange {
  profile?: string;
  settings?: Record<string, string | null>;
}

/** Changes settings, all that are named or none. */
export async function changeSettings(site: string, change: SettingsChange): Promise<void> {
  const now = await request(`${pathOf(site)}/settings`, { method: 'PUT', body: change });
  keep(settingsOf(site), now as SiteSettings);
  renew(`policy ${site}`);
}

/** The policy of a site as running text, in a language. */
export const policyOf = (site: string, language: string): Asked<string> => ({
  key: `policy ${site} ${language}`,
  holds: 5 * minute,
  load: (signal) =>
    textAt(`/privacy/policy?site=${encodeURIComponent(site)}&format=text&lang=${language}`, signal),
});

/** A text that the server writes. */
async function textAt(path: string, signal: AbortSignal): Promise<string> {
  return (await request(path, { signal, as: 'text' })) as string;
}

/** Adds a site; for administrators. */
export const addSite = (site: {
  domain: string;
  timezone: string;
  profile: string;
}): Promise<unknown> => request('/api/v1/sites', { method: 'POST', body: site });

export const renameSite = (site: string, domain: string): Promise<unknown> =>
  request(pathOf(site), { method: 'PUT', body: { domain } });

const confirmed = (method: 'DELETE' | 'POST', path: string, site: string) =>
  request(`${path}?confirm=${encodeURIComponent(site)}`, { method });

/** Removes a site with all its figures. */
export const removeSite = (site: string): Promise<unknown> =>
  confirmed('DELETE', pathOf(site), site);

/** Forgets all figures of a site, which stays. */
export async function resetSite(site: string): Promise<void> {
  await confirmed('POST', `${pathOf(site)}/reset`, site);
  for (const figures of ['query', 'realtime', 'refusals today', 'audit']) {
    renew(`${figures} ${site}`);
  }
}
