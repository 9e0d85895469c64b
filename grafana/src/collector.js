import { RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from './dashboard.js';
import { curves, latest } from './panels.js';

/** At the address that all sites have, and under the names that some chose. */
const beacons = '{route=~"/b|/:tracker",status="2xx"}';

/**
 * A quantile of a histogram.
 *
 * @param {number} share
 * @param {string} histogram
 * @param {{ by?: string, of?: string }} [labels] one to tell apart by, and what others have to be
 */
const quantile = (share, histogram, { by, of = '' } = {}) =>
  `histogram_quantile(${share}, sum by (${by ? `le, ${by}` : 'le'}) (rate(${histogram}_bucket${of}[$__rate_interval])))`;

/** How the process does that takes beacons. */
export const collector = dashboard('sporlos-collector', 'Collector', 'now-6h')
  .refresh('30s')
  .withPanel(latest('Version', 'none', 'max by (version) (sporlos_build_info)', '{{version}}'))
  .withPanel(latest('Up for', 's', 'min(process_uptime_seconds)'))
  .withPanel(latest('Database', 'none', 'min(sporlos_database_up)'))
  .withPanel(latest('Waits in spool', 'none', 'sum(sporlos_spool_batches)'))
  .withPanel(latest('Disk free', 'bytes', 'min(sporlos_disk_free_bytes)'))
  .withPanel(
    latest(
      'Certificate ends in',
      's',
      'min(sporlos_tls_certificate_expiry_timestamp_seconds - time())',
    ),
  )
  .withRow(new RowBuilder('Beacons'))
  .withPanel(
    curves('Beacons a second', 'reqps', {
      '{{outcome}}': 'sum by (outcome) (rate(sporlos_beacons_total[$__rate_interval]))',
    }),
  )
  .withPanel(
    curves('Not counted, a second', 'reqps', {
      '{{reason}}':
        'sum by (reason) (rate(sporlos_beacons_total{outcome="refused"}[$__rate_interval])) > 0',
    }),
  )
  .withPanel(
    curves('By dialect, a second', 'reqps', {
      '{{dialect}}': 'sum by (dialect) (rate(sporlos_beacons_total[$__rate_interval])) > 0',
    }),
  )
  .withPanel(
    curves('Answer time of beacons', 's', {
      'half of them': quantile(0.5, 'sporlos_http_requests_seconds', { of: beacons }),
      '99 %': quantile(0.99, 'sporlos_http_requests_seconds', { of: beacons }),
    }),
  )
  .withPanel(
    curves('Answer time by route, 99 %', 's', {
      '{{route}}': quantile(0.99, 'sporlos_http_requests_seconds', { by: 'route' }),
    }),
  )
  .withPanel(
    curves('Requests and connections', 'none', {
      'requests under way': 'sum(sporlos_http_requests_active)',
      connections: 'sum(sporlos_connections_open)',
    }),
  )
  .withRow(new RowBuilder('Storing'))
  .withPanel(
    curves('Commit time', 's', {
      'half of them': quantile(0.5, 'sporlos_commit_seconds'),
      '99 %': quantile(0.99, 'sporlos_commit_seconds'),
    }),
  )
  .withPanel(
    curves('Hits in a commit', 'none', {
      average:
        'sum(rate(sporlos_batch_hits_sum[$__rate_interval])) / sum(rate(sporlos_batch_hits_count[$__rate_interval]))',
    }),
  )
  .withPanel(
    curves('Held in memory', 'none', {
      hits: 'sum(sporlos_intake_held)',
      commits: 'sum(sporlos_intake_commits)',
    }),
  )
  .withPanel(curves('Inbox', 'none', { hits: 'max(sporlos_inbox_rows)' }))
  .withPanel(
    curves('Ages', 's', {
      'oldest hit of the inbox': 'max(sporlos_inbox_age_seconds)',
      'oldest hit of the spool': 'max(sporlos_spool_age_seconds)',
      'oldest day key': 'max(sporlos_daykeys_oldest_seconds)',
    }),
  )
  .withPanel(curves('Spool', 'bytes', { bytes: 'sum(sporlos_spool_bytes)' }))
  .withRow(new RowBuilder('Folding, sealing, deleting'))
  .withPanel(
    curves('Visits folded a second', 'none', {
      visits: 'sum(rate(sporlos_fold_visits_total[$__rate_interval]))',
    }),
  )
  .withPanel(
    curves('Lag', 's', {
      fold: 'max(sporlos_fold_lag_seconds)',
      seal: 'max(sporlos_seal_lag_seconds)',
    }),
  )
  .withPanel(
    curves('Time of a day’s seal', 's', {
      average:
        'sum(increase(sporlos_seal_day_seconds_sum[6h])) / sum(increase(sporlos_seal_day_seconds_count[6h]))',
    }),
  )
  .withPanel(
    curves('Deleted rows an hour', 'none', {
      rows: 'sum(increase(sporlos_retention_rows_total[1h]))',
    }),
  )
  .withPanel(
    curves('Since retention ran', 's', {
      seconds: 'time() - max(sporlos_retention_last_run_timestamp_seconds)',
    }),
  )
  .withPanel(
    curves('Set aside, in an hour', 'none', {
      hits: 'sum(increase(sporlos_hits_setaside_total[1h]))',
      visits: 'sum(increase(sporlos_visits_setaside_total[1h]))',
    }),
  )
  .withRow(new RowBuilder('Process'))
  .withPanel(
    curves('Event loops late, 99 %', 's', {
      lag: quantile(0.99, 'sporlos_eventloop_lag_seconds'),
    }),
  )
  .withPanel(
    curves('Cache hits', 'percentunit', {
      '{{cache}}':
        'sum by (cache) (rate(cache_gets_total{result="hit"}[$__rate_interval])) / sum by (cache) (rate(cache_gets_total[$__rate_interval]))',
    }),
  )
  .withPanel(
    curves('Connections to the database', 'none', {
      '{{pool_name}} in use': 'sum by (pool_name) (vertx_pool_in_use{pool_type="sql"})',
      '{{pool_name}} waited for': 'sum by (pool_name) (vertx_pool_queue_pending{pool_type="sql"})',
    }),
  )
  .withPanel(
    curves('Memory', 'bytes', {
      'heap in use': 'sum(jvm_memory_used_bytes{area="heap"})',
      'heap at most': 'sum(jvm_memory_max_bytes{area="heap"} > 0)',
      'beside the heap': 'sum(jvm_memory_used_bytes{area="nonheap"})',
    }),
  )
  .withPanel(
    curves('Processor', 'none', {
      'cores in use': 'sum(rate(process_cpu_seconds_total[$__rate_interval]))',
    }),
  )
  .withPanel(
    curves('Collecting garbage', 'percentunit', {
      'part of the time': 'sum(rate(jvm_gc_pause_seconds_sum[$__rate_interval]))',
    }),
  );
