import type { Role, Site } from '../../api/me';
import { words } from './shellText';

const ranks: Role[] = ['viewer', 'editor', 'owner'];

const rankOf = (role: string): number => ranks.findIndex((one) => one === role);

/** Whether whoever is signed in may do at a site what takes a role. */
export const may = (site: Site, needed: Role): boolean => rankOf(site.role) >= rankOf(needed);

/** How a role is called. */
export const roleName = (role: string): string =>
  ranks.find((one) => one === role) ? words().roles[role as Role] : role;
