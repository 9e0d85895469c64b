import type { Order } from '../state/view';

/** A column of rows that are all here. */
export interface Column<T> {
  id: string;
  name: string;
  /** What it is sorted by, and what a file says. */
  value: (row: T) => string | number | null;
  /** How it is shown; as its value unless given. */
  shown?: (row: T) => string;
  /** Whether a file says the value as it is although it is a text: days, for other programs. */
  plain?: boolean;
}

const asText = (value: string | number | null): string => (value === null ? '' : String(value));

const textOf = <T>({ value, shown }: Column<T>, row: T): string =>
  shown?.(row) ?? asText(value(row));

/** The rows that have a text in one of their columns, in any case. */
export const searched = <T>(rows: T[], columns: Column<T>[], text: string): T[] =>
  rows.filter((row) =>
    columns
      .filter((column) => typeof column.value(row) === 'string')
      .some((column) => textOf(column, row).toLowerCase().includes(text.toLowerCase())),
  );

/** The rows by the values of a column: numbers by size, texts as the language has it, nothing last. */
export function sorted<T>(rows: T[], { value }: Column<T>, { down }: Order): T[] {
  const direction = down ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [left, right] = [value(one), value(other)];
    if (left === null || right === null) {
      return Number(left === null) - Number(right === null);
    }
    return typeof left === 'number' && typeof right === 'number'
      ? direction * (left - right)
      : direction * asText(left).localeCompare(asText(right));
  });
}

/**
 * Rows as comma-separated values (RFC 4180). A text that a spreadsheet would take for a formula gets
 * an apostrophe in front, as in the files that the server makes.
 */
export const csvOf = <T>(rows: T[], columns: Column<T>[]): string =>
  [
    columns.map(({ name }) => cell(name)),
    ...rows.map((row) => columns.map((column) => cell(fileValue(column, row)))),
  ]
    .map((line) => `${line.join(',')}\r\n`)
    .join('');

/** Texts as they are shown, unless they are plain; numbers as they are. */
const fileValue = <T>(column: Column<T>, row: T): string | number | null => {
  const value = column.value(row);
  return typeof value === 'string' && column.plain !== true ? textOf(column, row) : value;
};

function cell(value: string | number | null): string {
  if (typeof value !== 'string') {
    return asText(value);
  }
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
