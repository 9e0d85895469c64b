/** Alert rules, in the form that files of Grafana's provisioning have. */

import { POSTGRESQL, PROMETHEUS } from './sources.js';

/** @import { Rule } from '@grafana/grafana-foundation-sdk/alerting' */

/** What files say otherwise than the interface: folder and group stand around the rules. */
/** @typedef {Omit<Rule, 'folderUID' | 'orgID' | 'ruleGroup' | 'data'> & { data: object[] }} FileRule */

const THRESHOLD = 'B';

/**
 * Alerts while the query's figure is greater than 0.
 *
 * @param {string} uid
 * @param {string} title
 * @param {string} lasting for how long it has to be so, as in 5m
 * @param {string} summary what to think and to do; without `$`, by which files of Grafana's
 *   provisioning name variables of its environment
 * @param {object} query named A
 * @returns {FileRule}
 */
const rule = (uid, title, lasting, summary, query) => ({
  uid: `sporlos-${uid}`,
  title,
  condition: THRESHOLD,
  data: [
    query,
    {
      refId: THRESHOLD,
      datasourceUid: '__expr__',
      model: {
        refId: THRESHOLD,
        type: 'threshold',
        expression: 'A',
        conditions: [{ evaluator: { type: 'gt', params: [0] } }],
      },
    },
  ],
  for: lasting,
  noDataState: 'OK',
  execErrState: 'Error',
  annotations: { summary },
  labels: { product: 'sporlos' },
});

/**
 * @param {string} uid
 * @param {string} title
 * @param {string} lasting
 * @param {string} expr that gives samples greater than 0 while something is wrong
 * @param {string} summary
 */
const ofPrometheus = (uid, title, lasting, expr, summary) =>
  rule(uid, title, lasting, summary, {
    refId: 'A',
    datasourceUid: PROMETHEUS.uid,
    relativeTimeRange: { from: 600, to: 0 },
    model: { refId: 'A', datasource: PROMETHEUS, expr, instant: true, range: false },
  });

/**
 * @param {string} uid
 * @param {string} title
 * @param {string} sql with a column of texts, by which alerts are told apart, and one of figures
 * @param {string} summary
 */
const ofPostgresql = (uid, title, sql, summary) =>
  rule(uid, title, '0s', summary, {
    refId: 'A',
    datasourceUid: POSTGRESQL.uid,
    relativeTimeRange: { from: 3_600, to: 0 },
    model: {
      refId: 'A',
      datasource: POSTGRESQL,
      format: 'table',
      rawQuery: true,
      editorMode: 'code',
      rawSql: sql.trim(),
    },
  });

/* A day is sealed some five hours after its end, so the last that is surely there is the one before
   yesterday. */
const SILENT_SITES = `
select site,
  (coalesce(sum(pageviews) filter (where day >= current_date - 2), 0) = 0)::int as silent
from grafana.day
where day between current_date - 30 and current_date and not imported
group by site
having coalesce(sum(pageviews) filter (where day < current_date - 2), 0) >= 28 * 20`;

const FEW_MINUTES = [
  ofPrometheus(
    'down',
    'A collector does not answer',
    '2m',
    'up{job="sporlos"} == bool 0',
    'Prometheus cannot read the metrics of {{ .Labels.instance }}. Is the process running?',
  ),
  ofPrometheus(
    'database',
    'The database is away',
    '2m',
    'sporlos_database_up == bool 0',
    'Hits go to the spool meanwhile, and nothing is lost until it is full.',
  ),
  ofPrometheus(
    'silence',
    'No beacons, though there were some at this time yesterday',
    '10m',
    '(sum(increase(sporlos_beacons_total{outcome="stored"}[1h] offset 1d)) > 100) unless (sum(increase(sporlos_beacons_total{outcome="stored"}[1h])) > 0)',
    'Nothing was stored for an hour. Look at the proxy, the name of the host, and the snippet.',
  ),
  ofPrometheus(
    'refusals',
    'Many more beacons are not counted than yesterday',
    '15m',
    '(sum by (reason) (rate(sporlos_beacons_total{outcome="refused"}[15m])) > 3 * sum by (reason) (rate(sporlos_beacons_total{outcome="refused"}[1h] offset 1d)) + 0.2)',
    'Reason: {{ .Labels.reason }}. docs/refusals.md says what it means.',
  ),
  ofPrometheus(
    'fold-lag',
    'Visits are folded late',
    '10m',
    '(sporlos_fold_lag_seconds > 600)',
    'Figures of today stay behind. Is the database slow, or the disk?',
  ),
  ofPrometheus(
    'seal-lag',
    'Days are sealed late',
    '10m',
    '(sporlos_seal_lag_seconds > 21600)',
    'Finished days are read from visits meanwhile, which takes longer. The log says why.',
  ),
  ofPrometheus(
    'spool',
    'Hits wait in the spool',
    '10m',
    'sporlos_spool_batches',
    'The database did not take what was sent to it. `sporlos doctor` says more.',
  ),
  ofPrometheus(
    'disk',
    'The disk is nearly full',
    '10m',
    'sporlos_disk_short > 0 or (predict_linear(sporlos_disk_free_bytes[6h], 86400) < bool 0) > 0',
    'Within a day no beacon will be taken. Make room, or shorten what is kept.',
  ),
  ofPrometheus(
    'certificate',
    'The certificate ends within two weeks',
    '1h',
    '(sporlos_tls_certificate_expiry_timestamp_seconds - time() < bool 1209600) > 0 or sporlos_tls_certificate_refused > 0',
    'Renew it; the process sees new files by itself.',
  ),
];

const ONCE_AN_HOUR = [
  ofPostgresql(
    'silent-site',
    'A site sends nothing that usually does',
    SILENT_SITES,
    'No page view of {{ .Labels.site }} for two days. Is the snippet still in its pages?',
  ),
];

/** The file. */
export const alerts = {
  apiVersion: 1,
  groups: [
    { orgId: 1, name: 'Sporløs', folder: 'Sporløs', interval: '1m', rules: FEW_MINUTES },
    { orgId: 1, name: 'Sporløs sites', folder: 'Sporløs', interval: '1h', rules: ONCE_AN_HOUR },
  ],
};
