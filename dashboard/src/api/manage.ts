import type { Invitation, Member } from './access';
import { type Asked, renew } from './cache';
import { request } from './request';

/** Somebody who may sign in. */
export interface Person {
  email: string;
  name: string;
  admin: boolean;
  /** Whether a code is asked of them after the password. */
  second_step: boolean;
  created_on: string;
}

export interface People {
  accounts: Person[];
  invitations: Invitation[];
}

const minutes = 60_000;
const accounts = '/api/v1/accounts';

export const people: Asked<People> = {
  key: 'people',
  holds: minutes,
  load: async (signal) => (await request(accounts, { signal })) as People,
};

/** Invites an administrator. @returns the path of their link, this once; null if they have an account */
export async function inviteAdministrator(email: string): Promise<string | null> {
  const said = await request(accounts, { method: 'POST', body: { email } });
  renew('people');
  return (said as { link?: string }).link ?? null;
}

export async function removePerson(email: string): Promise<void> {
  await request(`${accounts}/${encodeURIComponent(email)}`, { method: 'DELETE' });
  renew('people');
}

/** Sites that are read together. */
export interface SiteGroup {
  id: number;
  name: string;
  /** Domains. */
  sites: string[];
  members: Member[];
  invitations: Invitation[];
}

const path = '/api/v1/groups';

export const groups: Asked<SiteGroup[]> = {
  key: 'site groups',
  holds: minutes,
  load: async (signal) => ((await request(path, { signal })) as { groups: SiteGroup[] }).groups,
};

/** Does something to the groups, and asks anew what they are. */
async function change<T>(done: Promise<T>): Promise<T> {
  const said = await done;
  renew('site groups');
  return said;
}

export const addGroup = (name: string): Promise<unknown> =>
  change(request(path, { method: 'POST', body: { name } }));

export const removeGroup = (id: number): Promise<unknown> =>
  change(request(`${path}/${id}`, { method: 'DELETE' }));

export const putIntoGroup = (id: number, domain: string): Promise<unknown> =>
  change(request(`${path}/${id}/sites/${encodeURIComponent(domain)}`, { method: 'PUT' }));

export const takeOutOfGroup = (id: number, domain: string): Promise<unknown> =>
  change(request(`${path}/${id}/sites/${encodeURIComponent(domain)}`, { method: 'DELETE' }));

/** Gives somebody a role on all sites of a group. @returns the path of their link if they have no account */
export async function admitToGroup(
  id: number,
  email: string,
  role: string,
): Promise<string | null> {
  const said = await change(
    request(`${path}/${id}/members`, { method: 'PUT', body: { email, role } }),
  );
  return (said as { link?: string }).link ?? null;
}

export const dismissFromGroup = (id: number, email: string): Promise<unknown> =>
  change(request(`${path}/${id}/members/${encodeURIComponent(email)}`, { method: 'DELETE' }));
