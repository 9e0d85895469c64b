/** What filters can be about, in the order in which they are offered. */
export const dimensions = [
  'event:page',
  'visit:entry_page',
  'visit:exit_page',
  'event:hostname',
  'visit:source',
  'visit:channel',
  'visit:referrer',
  'visit:utm_campaign',
  'visit:utm_source',
  'visit:utm_medium',
  'visit:utm_content',
  'visit:utm_term',
  'visit:country',
  'visit:region',
  'visit:city',
  'visit:device',
  'visit:browser',
  'visit:browser_version',
  'visit:os',
  'visit:os_version',
  'visit:screen',
  'visit:language',
  'event:goal',
  'event:name',
] as const;

export type Dimension = (typeof dimensions)[number];

export const isDimension = (text: string): text is Dimension =>
  (dimensions as readonly string[]).includes(text);

const property = 'event:props:';

/** The property that a dimension is about; null if it is about none. */
export const propertyOf = (dimension: string): string | null =>
  dimension.startsWith(property) ? dimension.slice(property.length) : null;

/** Whether its values are only compared as they are, since they are codes or numbers. */
export const isOfCodes = (dimension: string): boolean =>
  ['visit:country', 'visit:region', 'visit:language'].includes(dimension);

/** Whether it is a goal, which is filtered by `is` alone. */
export const isOfGoals = (dimension: string): boolean => dimension === 'event:goal';

/** Whether its values are shown by other names than the server's, which are few enough to be searched here. */
export const isNamed = (dimension: string): boolean =>
  isOfCodes(dimension) ||
  ['visit:channel', 'visit:device', 'visit:screen', 'event:goal'].includes(dimension);
