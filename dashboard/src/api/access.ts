import { type Asked, renew } from './cache';
import type { Role } from './me';
import { request } from './request';
import { pathOf } from './site';

const minutes = 60_000;

export interface Member {
  email: string;
  name: string;
  role: Role;
}

export interface Invitation {
  email: string;
  role: string;
  expires_at: string;
}

export interface Members {
  members: Member[];
  invitations: Invitation[];
}

export const membersOf = (site: string): Asked<Members> => ({
  key: `members ${site}`,
  holds: minutes,
  load: async (signal) => (await request(`${pathOf(site)}/members`, { signal })) as Members,
});

/** Gives somebody a role, or invites them. @returns the path of their link if they have no account */
export async function admit(site: string, email: string, role: string): Promise<string | null> {
  const said = await request(`${pathOf(site)}/members`, { method: 'PUT', body: { email, role } });
  renew(`members ${site}`);
  return (said as { link?: string }).link ?? null;
}

export async function dismiss(site: string, email: string): Promise<void> {
  await request(`${pathOf(site)}/members/${encodeURIComponent(email)}`, { method: 'DELETE' });
  renew(`members ${site}`);
}

export const scopes = ['stats', 'sites', 'import', 'send', 'outside'] as const;

export type Scope = (typeof scopes)[number];

export interface Token {
  id: number;
  name: string;
  scopes: Scope[];
  hourly: number;
  created_on: string;
  expires_on: string | null;
  used_on: string | null;
}

export interface NewToken {
  name: string;
  scopes: Scope[];
  hourly: string;
  expires_on?: string;
}

export const tokensOf = (site: string): Asked<Token[]> => ({
  key: `tokens ${site}`,
  holds: minutes,
  load: async (signal) =>
    ((await request(`${pathOf(site)}/tokens`, { signal })) as { tokens: Token[] }).tokens,
});

/** Makes a token. @returns it, this once */
export async function createToken(site: string, token: NewToken): Promise<string> {
  const said = await request(`${pathOf(site)}/tokens`, { method: 'POST', body: token });
  renew(`tokens ${site}`);
  return (said as { token: string }).token;
}

export async function revokeToken(site: string, id: number): Promise<void> {
  await request(`${pathOf(site)}/tokens/${id}`, { method: 'DELETE' });
  renew(`tokens ${site}`);
}

export interface SharedLink {
  id: number;
  name: string;
  filters: unknown[];
  /** Origins whose pages may show it in a frame. */
  frames: string[];
  /** Whether one is asked for. */
  password: boolean;
  created: string;
  expires: string | null;
  used: string | null;
}

export interface NewSharedLink {
  name: string;
  password?: string;
  frames?: string[];
  filters?: unknown[];
  expires?: string;
}

export const sharedLinks = (site: string): Asked<SharedLink[]> => ({
  key: `shared ${site}`,
  holds: minutes,
  load: async (signal) =>
    (
      (await request(`${pathOf(site)}/shared-links`, { signal })) as {
        shared_links: SharedLink[];
      }
    ).shared_links,
});

/** Makes a link. @returns its address, this once */
export async function addSharedLink(site: string, link: NewSharedLink): Promise<string> {
  const said = await request(`${pathOf(site)}/shared-links`, { method: 'POST', body: link });
  renew(`shared ${site}`);
  return (said as { url: string }).url;
}

export async function removeSharedLink(site: string, id: number): Promise<void> {
  await request(`${pathOf(site)}/shared-links/${id}`, { method: 'DELETE' });
  renew(`shared ${site}`);
}

/** Something that was done. */
export interface AuditLine {
  at: string;
  who: string;
  role: string | null;
  action: string;
  what: string;
  first_day: string | null;
  last_day: string | null;
  rows: number;
}

/** The last things that were done to a site, the newest first. */
export const auditOf = (site: string, limit: number): Asked<AuditLine[]> => ({
  key: `audit ${site} ${limit}`,
  holds: 0,
  load: async (signal) =>
    (
      (await request(`${pathOf(site)}/audit?limit=${limit}`, { signal })) as {
        audit: AuditLine[];
      }
    ).audit,
});

/** Where the audit is as a file. */
export const auditFile = (site: string): string => `${pathOf(site)}/audit.csv`;
