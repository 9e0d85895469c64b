/**
 * Writes the dashboards and alert rules; with --check says instead whether those that are there are
 * these.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { alerts } from './alerts.js';
import { allSites } from './allSites.js';
import { campaigns } from './campaigns.js';
import { collector } from './collector.js';
import { pages } from './pages.js';
import { traffic } from './traffic.js';

/** @type {Record<string, object>} */
const files = {
  'dashboards/all-sites.json': allSites.build(),
  'dashboards/campaigns.json': campaigns.build(),
  'dashboards/collector.json': collector.build(),
  'dashboards/pages.json': pages.build(),
  'dashboards/traffic.json': traffic.build(),
  'provisioning/alerting/sporlos.json': alerts,
};

for (const [name, content] of Object.entries(files)) {
  const path = new URL(`../${name}`, import.meta.url);
  const text = `${JSON.stringify(content, null, 2)}\n`;
  if (!process.argv.includes('--check')) {
    await writeFile(path, text);
  } else if ((await readFile(path, 'utf8')) !== text) {
    console.error(`${name} is not what the sources make: npm run build`);
    process.exitCode = 1;
  }
}
