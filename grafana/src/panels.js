/** Panels in the few forms that the dashboards have. */

import { PanelBuilder as BarGauge } from '@grafana/grafana-foundation-sdk/bargauge';
import {
  BigValueTextMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { OF_SITE, POSTGRESQL, PROMETHEUS, promql, SqlQuery } from './sources.js';

/** A third, a half and the whole of the grid's width. */
export const THIRD = 8;
export const HALF = 12;
export const WHOLE = 24;

const lastValue = () => new ReduceDataOptionsBuilder().calcs(['lastNotNull']);

/**
 * Curves of Prometheus.
 *
 * @param {string} title
 * @param {string} unit as Grafana names units
 * @param {Record<string, string>} curves PromQL by what the legend says
 */
export function curves(title, unit, curves) {
  const panel = new TimeSeries()
    .title(title)
    .datasource(PROMETHEUS)
    .unit(unit)
    .min(0)
    .height(8)
    .span(THIRD);
  Object.entries(curves).forEach(([legend, expr], place) =>
    panel.withTarget(promql(expr, legend, String.fromCharCode(65 + place))),
  );
  return panel;
}

/**
 * The last value of one query of Prometheus; the legend instead, where there is one.
 *
 * @param {string} title
 * @param {string} unit
 * @param {string} expr
 * @param {string} [legend]
 */
export const latest = (title, unit, expr, legend = '') =>
  new Stat()
    .title(title)
    .datasource(PROMETHEUS)
    .unit(unit)
    .height(4)
    .span(4)
    .reduceOptions(lastValue())
    .textMode(legend ? BigValueTextMode.Name : BigValueTextMode.Value)
    .withTarget(promql(expr, legend));

/**
 * Figures side by side, each a column of one row.
 *
 * @param {string} title
 * @param {string} sql
 */
export const figures = (title, sql) =>
  new Stat()
    .title(title)
    .datasource(POSTGRESQL)
    .height(4)
    .span(WHOLE)
    .reduceOptions(lastValue())
    .withTarget(new SqlQuery(sql));

/**
 * Figures by day: a column `time`, then one for each curve, or `metric` and `value`.
 *
 * @param {string} title
 * @param {string} sql
 */
export const byDay = (title, sql) =>
  new TimeSeries()
    .title(title)
    .datasource(POSTGRESQL)
    .min(0)
    .height(9)
    .span(WHOLE)
    .withTarget(new SqlQuery(sql, 'time_series'));

/**
 * A table as the query gives it.
 *
 * @param {string} title
 * @param {string} sql
 * @param {number} [span]
 */
export const table = (title, sql, span = HALF) =>
  new Table()
    .title(title)
    .datasource(POSTGRESQL)
    .height(10)
    .span(span)
    .withTarget(new SqlQuery(sql));

/**
 * The values of a dimension with the most visits.
 *
 * @param {string} title
 * @param {string} dimension as view `grafana.value` names it
 * @param {string} [nothing] what stands for an empty value
 */
export const top = (title, dimension, nothing = '(none)') =>
  table(
    title,
    `
select coalesce(nullif(value, ''), '${nothing}') as "${title}",
  sum(visitors) as "Visitors", sum(visits) as "Visits", sum(pageviews) as "Page views",
  round(100.0 * sum(bounces) / nullif(sum(visits), 0), 1) as "Bounce rate %"
from grafana.value
where dimension = '${dimension}' and ${OF_SITE}
group by 1
order by sum(visits) desc nulls last, sum(pageviews) desc, 1
limit 50`,
  );

/**
 * Shares of the values of a dimension, as bars.
 *
 * @param {string} title
 * @param {string} dimension
 */
export const bars = (title, dimension) =>
  new BarGauge()
    .title(title)
    .datasource(POSTGRESQL)
    .orientation(VizOrientation.Horizontal)
    .height(9)
    .span(THIRD)
    .withTarget(
      new SqlQuery(`
select coalesce(nullif(value, ''), '(unknown)') as name, sum(coalesce(visits, pageviews)) as visits
from grafana.value
where dimension = '${dimension}' and ${OF_SITE}
group by 1
order by 2 desc, 1
limit 8`),
    )
    .reduceOptions(new ReduceDataOptionsBuilder().values(true).calcs([]));
