import { expect, test } from 'vitest';
import { type Column, csvOf, searched, sorted } from '../src/panels/table';

interface Way {
  page: string;
  visits: number | null;
}

const columns: Column<Way>[] = [
  { id: 'page', name: 'Page', value: ({ page }) => page },
  {
    id: 'visits',
    name: 'Visits',
    value: ({ visits }) => visits,
    shown: ({ visits }) => `${visits}.`,
  },
];

const ways: Way[] = [
  { page: '/b', visits: 9 },
  { page: '/a', visits: 10 },
  { page: '/c', visits: null },
];

const pages = (rows: Way[]) => rows.map(({ page }) => page);

test('rows are found by their texts, not by their numbers', () => {
  expect(pages(searched(ways, columns, 'A'))).toEqual(['/a']);
  expect(pages(searched(ways, columns, '9'))).toEqual([]);
  expect(searched(ways, columns, '')).toEqual(ways);
});

test('numbers are sorted by size, and what is not known comes last either way', () => {
  const by = (column: Column<Way> | undefined, down: boolean) =>
    column && pages(sorted(ways, column, { by: column.id, down }));

  expect(by(columns[1], true)).toEqual(['/a', '/b', '/c']);
  expect(by(columns[1], false)).toEqual(['/b', '/a', '/c']);
  expect(by(columns[0], true)).toEqual(['/c', '/b', '/a']);
});

test('a file quotes what it must, and holds nothing that a spreadsheet runs', () => {
  const odd = [
    { page: '=1+1', visits: -3 },
    { page: '/"x",y', visits: null },
  ];

  expect(csvOf(odd, columns)).toBe('Page,Visits\r\n\'=1+1,-3\r\n"/""x"",y",\r\n');
});

test('a file has days as programs read them', () => {
  const day: Column<Way> = {
    id: 'day',
    name: 'Day',
    value: () => '2026-08-03',
    shown: () => '3 Aug',
  };

  expect(csvOf(ways.slice(0, 1), [day])).toBe('Day\r\n3 Aug\r\n');
  expect(csvOf(ways.slice(0, 1), [{ ...day, plain: true }])).toBe('Day\r\n2026-08-03\r\n');
});
