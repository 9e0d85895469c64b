/** How a value is compared. A value that matches may have stars, which stand for anything. */
export const operators = [
  'is',
  'is_not',
  'contains',
  'contains_not',
  'matches_wildcard',
  'matches_wildcard_not',
] as const;

export type Operator = (typeof operators)[number];

/** What visits or steps have to have in common to be counted: one of the values. */
export interface Filter {
  operator: Operator;
  /** As the query language names it; `segment` for a saved set of filters, by its number. */
  dimension: string;
  values: string[];
}

const isOperator = (text: string | undefined): text is Operator =>
  (operators as readonly (string | undefined)[]).includes(text);

/** Reads what {@link filterText} writes; null if it is no filter. */
export function parseFilter(text: string): Filter | null {
  const parts: string[] = [];
  let part = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') {
      part += text.charAt(++at);
    } else if (character === ',') {
      parts.push(part);
      part = '';
    } else {
      part += character;
    }
  }
  const [operator, dimension, ...values] = [...parts, part];
  return isOperator(operator) && dimension && values.length > 0
    ? { operator, dimension, values }
    : null;
}

/** Writes a filter as in `is,visit:source,Google,Bing`, with a backslash before what is no comma. */
export const filterText = ({ operator, dimension, values }: Filter): string =>
  [operator, dimension, ...values].map((part) => part.replace(/[\\,]/g, '\\$&')).join(',');

/** The filter as the query language writes it. */
export const filterJson = ({ operator, dimension, values }: Filter): unknown[] =>
  dimension === 'segment'
    ? [operator, dimension, values.map(Number)]
    : operator.startsWith('contains')
      ? [operator, dimension, values, { case_sensitive: false }]
      : [operator, dimension, values];

export const sameFilter = (one: Filter, other: Filter): boolean =>
  filterText(one) === filterText(other);
