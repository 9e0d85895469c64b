/** The data sources that `provisioning/datasources` declares, and queries of them. */

import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';

/** @import { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog' */

export const PROMETHEUS = { type: 'prometheus', uid: 'sporlos-prometheus' };
export const POSTGRESQL = { type: 'grafana-postgresql-datasource', uid: 'sporlos-postgresql' };

/** A query of PostgreSQL as its data source takes it; the foundation SDK has no type of its own. */
export class SqlQuery {
  /**
   * @param {string} sql
   * @param {'table' | 'time_series'} [format]
   */
  constructor(sql, format = 'table') {
    this.query = {
      refId: 'A',
      datasource: POSTGRESQL,
      editorMode: 'code',
      format,
      rawQuery: true,
      rawSql: sql.trim(),
      _implementsDataqueryVariant: () => {},
    };
  }

  /** @returns {Dataquery} */
  build() {
    return this.query;
  }
}

/**
 * A query of Prometheus over the dashboard's range.
 *
 * @param {string} expr
 * @param {string} legend
 * @param {string} [refId]
 */
export const promql = (expr, legend, refId = 'A') =>
  new DataqueryBuilder()
    .refId(refId)
    .datasource(PROMETHEUS)
    .expr(expr)
    .legendFormat(legend)
    .range();

/* Days are found by their index with the first condition; the second is exact, also where the site's
   days begin at another time than UTC's. */
export const IN_RANGE = `day between $__timeFrom()::date - 1 and $__timeTo()::date + 1
  and $__timeFilter(time)`;

/** Of the site that the dashboard's variable names. */
export const OF_SITE = `site = \${site:sqlstring} and ${IN_RANGE}`;
