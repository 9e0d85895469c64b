/** What all dashboards have in common: the tag by which they link to each other, and variables. */

import {
  DashboardBuilder,
  DashboardLinkBuilder,
  DashboardLinkType,
  QueryVariableBuilder,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { POSTGRESQL } from './sources.js';

const TAG = 'sporlos';

/**
 * A dashboard without panels.
 *
 * @param {string} uid
 * @param {string} title
 * @param {string} from when its range begins, unless somebody says otherwise
 */
export const dashboard = (uid, title, from) =>
  new DashboardBuilder(title)
    .uid(uid)
    .tags([TAG])
    .time({ from, to: 'now' })
    .timezone('browser')
    .link(
      new DashboardLinkBuilder('Sporløs')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .includeVars(true)
        .keepTime(true),
    );

/** The site that a dashboard is about, of those that the role may see. */
export const site = () =>
  new QueryVariableBuilder('site')
    .label('Site')
    .datasource(POSTGRESQL)
    .query('select site from grafana.site order by site')
    .refresh(VariableRefresh.OnDashboardLoad)
    .multi(false)
    .includeAll(false);

/**
 * A dashboard of one site's figures.
 *
 * @param {string} uid
 * @param {string} title
 */
export const ofSite = (uid, title) => dashboard(uid, title, 'now-30d').withVariable(site());
