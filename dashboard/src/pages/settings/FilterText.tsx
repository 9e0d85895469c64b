import { operators } from '../../state/filter';
import { t } from '../../text';
import { dimensionName, valueName } from '../../text/values';

/** Filters of the query language in words; what is more than one of them is shown as it is written. */
export function FilterText({ filters, and }: { filters: unknown[]; and: string }) {
  return <>{filters.map(inWords).join(` ${and} `)}</>;
}

function inWords(filter: unknown): string {
  const [operator, dimension, values] = Array.isArray(filter) ? (filter as unknown[]) : [];
  const known = operators.find((one) => one === operator);
  if (!known || typeof dimension !== 'string' || !Array.isArray(values)) {
    return JSON.stringify(filter);
  }
  const names = values.map((value) => valueName(dimension, String(value)));
  return `${dimensionName(dimension)} ${t().operators[known]} ${t().or(names)}`;
}
