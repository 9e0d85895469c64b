import { computed } from '@preact/signals';
import { type Filter, filterText, parseFilter, sameFilter } from './filter';
import { go, here } from './location';
import { parseRange, type Range, rangeText } from './range';

/** Figures that the head of a site's page shows and that can be drawn. */
export const headlines = [
  'people',
  'visitors',
  'visits',
  'pageviews',
  'views_per_visit',
  'bounce_rate',
  'visit_duration',
  'consent_share',
  'events',
  'conversion_rate',
] as const;

export type Headline = (typeof headlines)[number];

export const intervals = ['hour', 'day', 'week', 'month'] as const;

export type Interval = (typeof intervals)[number];

/** What figures are compared with: nothing, as much time right before, or the same days last year. */
export const comparisons = ['none', 'previous', 'year'] as const;

export type Comparison = (typeof comparisons)[number];

/** By what rows are in order. */
export interface Order {
  /** A metric or other column. */
  by: string;
  down: boolean;
}

/** How the rows of details are looked through. */
export interface Listing {
  search: string;
  /** Null for the order that they have anyway. */
  order: Order | null;
  /** From 0. */
  page: number;
}

/** All that decides which figures are shown. It is written in the address, so a link shows the same. */
export interface View {
  range: Range;
  compare: Comparison;
  /** Whether the days compared with begin on the same day of the week. */
  matchWeekdays: boolean;
  filters: Filter[];
  metric: Headline;
  /** Null for the one that suits the range. */
  interval: Interval | null;
  /** The panel whose details are shown; null if none. */
  details: string | null;
  /** How the rows of these details are looked through. */
  listing: Listing;
  /** Chosen tabs of panels, by the panel's name. */
  tabs: Record<string, string>;
}

export const usual: View = {
  range: '28d',
  compare: 'previous',
  matchWeekdays: false,
  filters: [],
  metric: 'visitors',
  interval: null,
  details: null,
  listing: { search: '', order: null, page: 0 },
  tabs: {},
};

const among = <T extends string>(values: readonly T[], text: string | null): T | null =>
  values.find((value) => value === text) ?? null;

/** Reads a view; what is not understood is as usual. */
export function parseView(search: string): View {
  const parameters = new URLSearchParams(search);
  const tabs: Record<string, string> = {};
  for (const [name, value] of parameters) {
    if (name.startsWith('tab.')) {
      tabs[name.slice(4)] = value;
    }
  }
  return {
    range: parseRange(parameters.get('range') ?? '') ?? usual.range,
    compare: among(comparisons, parameters.get('compare')) ?? usual.compare,
    matchWeekdays: parameters.get('weekdays') === '1',
    filters: parameters.getAll('f').flatMap((text) => parseFilter(text) ?? []),
    metric: among(headlines, parameters.get('metric')) ?? usual.metric,
    interval: among(intervals, parameters.get('interval')),
    details: parameters.get('details'),
    listing: parameters.has('details') ? parseListing(parameters) : usual.listing,
    tabs,
  };
}

function parseListing(parameters: URLSearchParams): Listing {
  const [, down = '', by = ''] = /^(-?)([^-].*)$/.exec(parameters.get('sort') ?? '') ?? [];
  const page = Number(parameters.get('page') ?? 1) - 1;
  return {
    search: parameters.get('search') ?? '',
    order: by === '' ? null : { by, down: down !== '' },
    page: Number.isSafeInteger(page) && page > 0 ? page : 0,
  };
}

/** Writes a view as {@link parseView} reads it, without what is as usual. */
export function viewText(view: View): string {
  const parameters = new URLSearchParams();
  const say = (name: string, value: string | null, unless: string | null = null) => {
    if (value !== null && value !== unless) {
      parameters.append(name, value);
    }
  };
  say('range', rangeText(view.range), rangeText(usual.range));
  say('compare', view.compare, usual.compare);
  say('weekdays', view.matchWeekdays ? '1' : null);
  view.filters.forEach((filter) => say('f', filterText(filter)));
  say('metric', view.metric, usual.metric);
  say('interval', view.interval);
  Object.entries(view.tabs).forEach(([panel, tab]) => say(`tab.${panel}`, tab));
  say('details', view.details);
  if (view.details !== null) {
    const { search, order, page } = view.listing;
    say('search', search, '');
    say('sort', order && (order.down ? '-' : '') + order.by);
    say('page', String(page + 1), '1');
  }
  const text = parameters.toString().replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%2F/g, '/');
  return text && `?${text}`;
}

/** What is shown now. */
export const view = computed(() => parseView(here.value.search));

/** The address of the present page with another view. */
export const addressOf = (change: Partial<View>): string =>
  here.value.path + viewText({ ...view.value, ...change });

/** Shows something else; `replace` leaves no way back, for what is not worth one. */
export function show(change: Partial<View>, options: { replace?: boolean } = {}): void {
  go(addressOf(change), options);
}

/** Adds a filter, or takes it away if it is there. */
export function toggleFilter(filter: Filter): void {
  const others = view.value.filters.filter((one) => !sameFilter(one, filter));
  const there = others.length < view.value.filters.length;
  show({ filters: there ? others : [...others, filter], details: null });
}

/** Chooses a tab of a panel. */
export function chooseTab(panel: string, tab: string): void {
  show({ tabs: { ...view.value.tabs, [panel]: tab } }, { replace: true });
}
