import { describe, expect, test } from 'vitest';
import type { Site } from '../src/api/me';
import { about, comparisonOf } from '../src/state/ask';
import { bucketsOf, earlierSpan, intervalOf, intervalsFor } from '../src/state/series';
import { usual, type View } from '../src/state/view';

const today = '2026-11-26';
const seen = (change: Partial<View>): View => ({ ...usual, ...change });

describe('an interval', () => {
  test('gives enough points for a curve, and not too many', () => {
    expect([1, 28, 91, 365, 3_000].map((days) => intervalOf(null, days))).toEqual([
      'hour',
      'day',
      'day',
      'week',
      'month',
    ]);
  });

  test('is what was chosen, where that fits', () => {
    expect(intervalOf('week', 28)).toBe('week');
    expect(intervalOf('hour', 28)).toBe('day');
    expect(intervalsFor(1)).toEqual(['hour']);
  });
});

describe('points', () => {
  test('are partial where the range cuts them, and where the present does', () => {
    const labels = ['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'];
    const buckets = bucketsOf(
      labels,
      'week',
      { first: '2026-10-30', last: today },
      `${today}T14:05`,
    );
    expect(buckets.map(({ partial }) => partial)).toEqual([true, false, false, false, true]);
    expect(buckets.every(({ future }) => !future)).toBe(true);
  });

  test('that have not begun have no figure', () => {
    const labels = ['13', '14', '15'].map((hour) => `${today} ${hour}:00:00`);
    const buckets = bucketsOf(labels, 'hour', { first: today, last: today }, `${today}T14:05`);
    expect(buckets.map(({ partial, future }) => [partial, future])).toEqual([
      [false, false],
      [true, false],
      [false, true],
    ]);
  });
});

describe('a comparison', () => {
  test('is with as many days right before', () => {
    expect(earlierSpan(seen({ range: '7d' }), today)).toEqual({
      first: '2026-11-13',
      last: '2026-11-19',
    });
  });

  test('begins on the same day of the week if that is to match', () => {
    expect(earlierSpan(seen({ range: '30d', matchWeekdays: true }), today)).toEqual({
      first: '2026-09-23',
      last: '2026-10-22',
    });
    expect(earlierSpan(seen({ range: '7d', compare: 'year', matchWeekdays: true }), today)).toEqual(
      { first: '2025-11-21', last: '2025-11-27' },
    );
  });

  test('of a month under way is with as much of the month before', () => {
    expect(earlierSpan(seen({ range: 'month' }), today)).toEqual({
      first: '2026-10-01',
      last: '2026-10-26',
    });
    expect(comparisonOf(seen({ range: 'month' }), today)).toEqual({
      mode: 'custom',
      date_range: ['2026-10-01', '2026-10-26'],
    });
  });

  test('of twelve months is with the twelve before', () => {
    expect(earlierSpan(seen({ range: '12mo' }), today)).toEqual({
      first: '2024-12-01',
      last: '2025-11-26',
    });
  });

  test('of a whole month is with all of the month before, whatever its length', () => {
    const range = { first: '2026-03-01', last: '2026-03-31' };
    expect(earlierSpan(seen({ range }), today)).toEqual({
      first: '2026-02-01',
      last: '2026-02-28',
    });
  });

  test('a year before keeps the dates', () => {
    const range = { first: '2024-02-01', last: '2024-02-29' };
    expect(earlierSpan(seen({ range, compare: 'year' }), today)).toEqual({
      first: '2023-02-01',
      last: '2023-02-28',
    });
  });

  test('is with nothing if that was chosen, or there is nothing before', () => {
    expect(earlierSpan(seen({ compare: 'none' }), today)).toBeNull();
    expect(earlierSpan(seen({ range: 'all' }), today)).toBeNull();
    expect(comparisonOf(seen({ range: 'all' }), today)).toBeNull();
  });
});

describe('a question', () => {
  const site: Site = { domain: 'example.com', timezone: 'Europe/Copenhagen', role: 'owner' };
  const now = new Date('2026-11-26T13:05:00Z');
  const bodyOf = (view: View) =>
    JSON.parse(about(site, view, { metrics: ['visits'] }, now).key.slice(18)) as {
      date_range: unknown;
      filters?: unknown;
    };

  test('about today ends with the hour under way, so that it is compared with as many hours', () => {
    expect(bodyOf(seen({ range: 'today' })).date_range).toEqual([
      '2026-11-25T23:00:00+00:00',
      '2026-11-26T13:59:59+00:00',
    ]);
  });

  test('has the filters of the view', () => {
    const filters: View['filters'] = [
      { operator: 'is', dimension: 'visit:source', values: ['Google'] },
    ];
    expect(bodyOf(seen({ filters })).filters).toEqual([['is', 'visit:source', ['Google']]]);
  });

  test('holds for good once its time is over', () => {
    const over = { first: '2026-01-01', last: '2026-01-31' };
    expect(about(site, seen({ range: over }), { metrics: ['visits'] }, now).holds).toBeUndefined();
    expect(about(site, seen({ range: '7d' }), { metrics: ['visits'] }, now).holds).toBe(300_000);
  });
});
