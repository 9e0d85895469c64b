import { request } from './request';

/** What somebody may do at a site. */
export type Role = 'owner' | 'editor' | 'viewer';

export interface Site {
  domain: string;
  timezone: string;
  role: string;
}

export interface Group {
  name: string;
  /** Domains. */
  sites: string[];
}

/** Who is signed in, and what that opens. */
export interface Me {
  account: { email: string; name: string; language: string; admin: boolean };
  token: string;
  sites: Site[];
  groups: Group[];
}

/** Asks who is signed in. */
export const readMe = async (): Promise<Me> => (await request('/api/me')) as Me;
