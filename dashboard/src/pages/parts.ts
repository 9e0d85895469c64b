import type { ComponentType } from 'preact';
import type { Site } from '../api/me';
import { Now } from '../panels/Now';
import { Overview } from '../panels/Overview';
import type { SiteTab } from '../state/route';

/** What each part of a site's page shows. One that not everybody opens is loaded by `later()`. */
export const parts: Record<SiteTab, ComponentType<{ site: Site }>> = {
  overview: Overview,
  now: Now,
};
