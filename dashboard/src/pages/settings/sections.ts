import type { ComponentType } from 'preact';
import type { Role, Site } from '../../api/me';
import { later } from '../../ui/later';
import type { dictionaries } from './shellText';

/** A page of settings. */
export interface Section {
  /** What follows `/settings/` in its address. */
  id: keyof (typeof dictionaries)['en']['sections'];
  group: keyof (typeof dictionaries)['en']['groups'];
  /** What one has to be at the site to see it. */
  role: Role;
  Content: ComponentType<{ site: Site }>;
}

/** All of them, in the order in which they are offered; the first is shown unless another is asked for. */
export const sections: Section[] = [
  {
    id: 'snippet',
    group: 'site',
    role: 'viewer',
    Content: later(() => import('./Snippet').then((page) => page.Snippet)),
  },
  {
    id: 'general',
    group: 'site',
    role: 'owner',
    Content: later(() => import('./General').then((page) => page.General)),
  },
  {
    id: 'privacy',
    group: 'site',
    role: 'owner',
    Content: later(() => import('./Privacy').then((page) => page.Privacy)),
  },
  {
    id: 'policy',
    group: 'site',
    role: 'owner',
    Content: later(() => import('./Policy').then((page) => page.Policy)),
  },
  {
    id: 'counting',
    group: 'site',
    role: 'owner',
    Content: later(() => import('./Counting').then((page) => page.Counting)),
  },
  {
    id: 'retention',
    group: 'site',
    role: 'owner',
    Content: later(() => import('./Retention').then((page) => page.Retention)),
  },
  {
    id: 'goals',
    group: 'figures',
    role: 'viewer',
    Content: later(() => import('./Goals').then((page) => page.Goals)),
  },
  {
    id: 'funnels',
    group: 'figures',
    role: 'viewer',
    Content: later(() => import('./Funnels').then((page) => page.Funnels)),
  },
  {
    id: 'properties',
    group: 'figures',
    role: 'viewer',
    Content: later(() => import('./Properties').then((page) => page.Properties)),
  },
  {
    id: 'segments',
    group: 'figures',
    role: 'viewer',
    Content: later(() => import('./Segments').then((page) => page.Segments)),
  },
  {
    id: 'annotations',
    group: 'figures',
    role: 'viewer',
    Content: later(() => import('./Annotations').then((page) => page.Annotations)),
  },
  {
    id: 'members',
    group: 'people',
    role: 'owner',
    Content: later(() => import('./Members').then((page) => page.Members)),
  },
  {
    id: 'tokens',
    group: 'people',
    role: 'owner',
    Content: later(() => import('./Tokens').then((page) => page.Tokens)),
  },
  {
    id: 'sharing',
    group: 'people',
    role: 'owner',
    Content: later(() => import('./Sharing').then((page) => page.Sharing)),
  },
  {
    id: 'audit',
    group: 'more',
    role: 'owner',
    Content: later(() => import('./Audit').then((page) => page.Audit)),
  },
  {
    id: 'removal',
    group: 'more',
    role: 'owner',
    Content: later(() => import('./Removal').then((page) => page.Removal)),
  },
];
