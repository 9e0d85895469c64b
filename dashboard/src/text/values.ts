import { isDimension, propertyOf } from '../state/dimensions';
import { t } from './index';
import { country, languageName } from './names';
import { region } from './regions';

/** What a dimension is called. */
export function dimensionName(dimension: string): string {
  if (dimension === 'segment') {
    return t().dimensions.segment;
  }
  return isDimension(dimension) ? t().dimensions[dimension] : (propertyOf(dimension) ?? dimension);
}

/** What a value of a dimension is called: names in place of codes, and of what is missing. */
export function valueName(dimension: string, value: string): string {
  const words = t().values;
  if (value === '' || value === '(not set)') {
    return dimension.startsWith('visit:utm') ? words.notSet : words.unknown;
  }
  switch (value) {
    case 'Direct / None':
    case 'Direct':
      return words.direct;
    case '(none)':
      return words.none;
    case '(other)':
      return words.other;
  }
  switch (dimension) {
    case 'visit:country':
      return country(value);
    case 'visit:region':
      return region(value);
    case 'visit:language':
      return languageName(value);
    case 'visit:channel':
      return named(words.channels, value);
    case 'visit:device':
      return named(words.devices, value);
    case 'visit:screen':
      return named(words.screens, value);
    default:
      return value;
  }
}

const named = (names: Record<string, string>, value: string): string => names[value] ?? value;
