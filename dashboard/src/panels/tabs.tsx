import { t } from '../text';
import type { BreakdownTab } from './Breakdown';
import type { PanelTab } from './Panel';

const shares = ['visitors', 'percentage'] as const;

/** What can be said of where visits came from. */
export function sourceTabs(): BreakdownTab[] {
  const words = t().panels.sources;
  const part = (id: keyof typeof words.parts): BreakdownTab => ({
    id,
    label: words.parts[id],
    group: words.campaigns,
    dimensions: [`visit:${id}`],
    metrics: [...shares],
    onlySet: true,
    empty: () => t().panels.noCampaigns,
  });
  return [
    { id: 'source', label: words.source, dimensions: ['visit:source'], metrics: [...shares] },
    { id: 'channel', label: words.channel, dimensions: ['visit:channel'], metrics: [...shares] },
    { id: 'referrer', label: words.referrer, dimensions: ['visit:referrer'], metrics: [...shares] },
    part('utm_campaign'),
    part('utm_source'),
    part('utm_medium'),
    part('utm_content'),
    part('utm_term'),
  ];
}

/** What can be said of pages. */
export function pageTabs(): BreakdownTab[] {
  const words = t().panels.pages;
  return [
    {
      id: 'page',
      label: words.page,
      dimensions: ['event:page'],
      metrics: ['visitors', 'pageviews', 'time_on_page', 'scroll_depth'],
      details: [
        'visitors',
        'visits',
        'pageviews',
        'bounce_rate',
        'visit_duration',
        'time_on_page',
        'scroll_depth',
      ],
    },
    {
      id: 'entry',
      label: words.entry,
      dimensions: ['visit:entry_page'],
      metrics: ['visitors', 'visits', 'bounce_rate', 'visit_duration'],
    },
    {
      id: 'exit',
      label: words.exit,
      dimensions: ['visit:exit_page'],
      metrics: ['visitors', 'visits'],
    },
    {
      id: 'host',
      label: words.host,
      dimensions: ['event:hostname'],
      metrics: ['visitors', 'pageviews'],
    },
  ];
}

/** What can be said of where visitors were, beside the map. */
export function placeTabs(): BreakdownTab[] {
  const words = t().panels.places;
  return [
    {
      id: 'country',
      label: words.country,
      dimensions: ['visit:country'],
      metrics: [...shares],
    },
    {
      id: 'region',
      label: words.region,
      dimensions: ['visit:region'],
      metrics: [...shares],
    },
    { id: 'city', label: words.city, dimensions: ['visit:city'], metrics: [...shares] },
  ];
}

/** The tab of the map, which is no list. */
export const mapTab = (): PanelTab => ({ id: 'map', label: t().panels.places.map });

/** What can be said of what visitors used. */
export function deviceTabs(): BreakdownTab[] {
  const words = t().panels.devices;
  const list = (id: string, label: string, dimensions: string[], group?: string): BreakdownTab => ({
    id,
    label,
    dimensions: dimensions.map((one) => `visit:${one}`),
    metrics: [...shares],
    ...(group === undefined ? {} : { group }),
  });
  return [
    list('device', words.device, ['device']),
    list('browser', words.browser, ['browser'], words.browsers),
    list('browser_version', words.version, ['browser', 'browser_version'], words.browsers),
    list('os', words.os, ['os'], words.systems),
    list('os_version', words.version, ['os', 'os_version'], words.systems),
    list('screen', words.screen, ['screen']),
    list('language', words.language, ['language']),
  ];
}
