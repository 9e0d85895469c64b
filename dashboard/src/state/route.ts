import { computed } from '@preact/signals';
import { here } from './location';

/** The parts of a site's page. */
export const siteTabs = ['overview', 'now'] as const;

export type SiteTab = (typeof siteTabs)[number];

/** What is shown. */
export type Route =
  | { page: 'sites' }
  | { page: 'site'; domain: string; tab: SiteTab }
  /** Settings of a site; `section` is what follows `/settings`, as in `goals`, or empty. */
  | { page: 'settings'; domain: string; section: string }
  /** What outsiders see of a site: by the secret of a link, or because it is public. */
  | { page: 'shared'; link: string; domain: string | null }
  /** The people, or the groups of sites, of the installation. */
  | { page: 'manage'; part: 'people' | 'groups' }
  | { page: 'unknown' };

/** Reads the path of an address. */
export function routeOf(path: string): Route {
  const [, sites, domain = '', part = '', ...rest] = path.split('/').map(decoded);
  if (sites === 'share') {
    return { page: 'shared', link: domain, domain: null };
  }
  if (sites === 'public') {
    return { page: 'shared', link: 'public', domain };
  }
  if ((sites === 'people' || sites === 'groups') && domain === '') {
    return { page: 'manage', part: sites };
  }
  if (sites !== 'sites') {
    return { page: 'unknown' };
  }
  if (!domain) {
    return { page: 'sites' };
  }
  if (part === 'settings') {
    return { page: 'settings', domain, section: rest.join('/') };
  }
  const tab = part === '' ? 'overview' : siteTabs.find((one) => one === part);
  return tab && rest.join('') === '' ? { page: 'site', domain, tab } : { page: 'unknown' };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Somebody wrote it by hand; it names nothing.
    return part;
  }
}

/** The path to a part of a site's page, or to its settings. */
export function pathTo(domain: string, part: SiteTab | `settings${string}` = 'overview'): string {
  const site = `/sites/${encodeURIComponent(domain)}`;
  return part === 'overview' ? site : `${site}/${part}`;
}

/** What is shown now. */
export const route = computed(() => routeOf(here.value.path));
