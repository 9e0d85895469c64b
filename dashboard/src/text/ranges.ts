import { type Range, unitOf } from '../state/range';
import { days, longDay, monthYear } from './format';
import { t } from './index';

/** What a range is called. */
export function rangeLabel(range: Range): string {
  if (typeof range === 'string') {
    return t().ranges[range];
  }
  switch (unitOf(range)) {
    case 'year':
      return range.first.slice(0, 4);
    case 'month':
      return monthYear(range.first);
    default:
      return range.first === range.last ? longDay(range.first) : days(range.first, range.last);
  }
}
