import { beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../src/api/query';
import { type Point, split, ticks, top } from '../src/chart/plot';
import { pointsOf } from '../src/panels/points';
import { addUp, changeOf } from '../src/state/sums';
import { speak } from '../src/text';

beforeAll(() => speak('en'));

const point = (value: number | null, partial = false): Point => ({
  title: '',
  tick: '',
  value,
  before: null,
  beforeTitle: null,
  partial,
  begins: false,
  notes: [],
});

describe('a curve', () => {
  test('is dashed from its last whole point to one that is not', () => {
    expect(split([point(1, true), point(2), point(3), point(4, true), point(null)])).toEqual({
      whole: [null, 2, 3, null, null],
      cut: [1, 2, 3, 4, null],
    });
  });

  test('has as many words beneath as there is room for', () => {
    expect(ticks(28, 1_200)).toHaveLength(14);
    expect(ticks(28, 300)).toEqual([0, 7, 14, 21]);
    expect(ticks(1, 300)).toEqual([0]);
  });

  test('ends above its highest point, at a round number', () => {
    expect(top([3, 480, null], 4)).toBe(500);
    expect(top([0], 4)).toBe(4);
    expect(top([1_001], 4)).toBe(1_500);
  });
});

const answer = (from: string, to: string, labels: string[], rows: [string, number][]): Result => ({
  results: rows.map(([label, value]) => ({ dimensions: [label], metrics: [value] })),
  meta: { time_labels: labels },
  query: { date_range: [from, to], dimensions: ['time:day'], metrics: ['visitors'] },
});

describe('points of a curve', () => {
  const now = answer(
    '2026-11-24',
    '2026-11-26',
    ['2026-11-24', '2026-11-25', '2026-11-26'],
    [
      ['2026-11-24', 5],
      ['2026-11-26', 7],
    ],
  );
  const before = answer(
    '2026-11-21',
    '2026-11-23',
    ['2026-11-21', '2026-11-22', '2026-11-23'],
    [['2026-11-22', 3]],
  );
  const made = (metric: string) =>
    pointsOf({
      metric,
      answer: now,
      before,
      annotations: [{ id: 1, day: '2026-11-25', text: 'Sale', personal: false }],
      clock: '2026-11-26T14:05',
    });

  test('are 0 where nothing was counted, each beside the one before it in time', () => {
    expect(made('visitors').map(({ value, before }) => [value, before])).toEqual([
      [5, 0],
      [0, 3],
      [7, 0],
    ]);
  });

  test('have no average of nothing', () => {
    expect(made('bounce_rate').map(({ value }) => value)).toEqual([5, null, 7]);
  });

  test('are unknown before the day from which visits are kept, and begin there', () => {
    const points = pointsOf({
      metric: 'visitors',
      answer: { ...now, meta: { ...now.meta, data_from: '2026-11-25' } },
      before: { ...before, meta: { ...before.meta, data_from: '2026-11-25' } },
      annotations: [],
      clock: '2026-11-26T14:05',
    });

    expect(points.map(({ value, before, begins }) => [value, before, begins])).toEqual([
      [null, null, false],
      [0, null, true],
      [7, null, false],
    ]);
  });

  test('say what was remarked on their day, and that today is not over', () => {
    expect(made('visitors').map(({ notes }) => notes)).toEqual([[], ['Sale'], []]);
    expect(made('visitors')[2]?.title).toBe('Thu 26 Nov (not whole)');
  });
});

describe('sites of a group', () => {
  test('are added up by day, their last days together', () => {
    const sum = addUp([
      { values: [1, 2, 3], total: 6, before: 3 },
      { values: [10], total: 10, before: 5 },
    ]);
    expect(sum).toEqual({ values: [1, 2, 13], total: 16, before: 8 });
    expect(changeOf(sum)).toBe(100);
    expect(changeOf({ values: [], total: 4, before: 0 })).toBeNull();
  });
});
