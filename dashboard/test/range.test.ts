import { describe, expect, test } from 'vitest';
import { parseRange, rangeText, spanOf, step, unitOf } from '../src/state/range';

const today = '2026-11-26';

describe('a range', () => {
  test.each([
    'today',
    '28d',
    '12mo',
    'all',
    '2026',
    '2026-02',
    '2026-02-03',
    '2026-02-03..2026-03-01',
  ])('is written as it is read: %s', (text) => {
    const range = parseRange(text);
    expect(range).not.toBeNull();
    expect(rangeText(range ?? 'all')).toBe(text);
  });

  test.each(['', '27d', '2026-13', '2026-02-30', '2026-03-02..2026-03-01', '2026-01-01..', 'a..b'])(
    'is nothing else: %s',
    (text) => {
      expect(parseRange(text)).toBeNull();
    },
  );

  test('ends with today', () => {
    expect(spanOf('7d', today)).toEqual({ first: '2026-11-20', last: today });
    expect(spanOf('month', today)).toEqual({ first: '2026-11-01', last: today });
    expect(spanOf('year', today)).toEqual({ first: '2026-01-01', last: today });
    expect(spanOf('12mo', today)).toEqual({ first: '2025-12-01', last: today });
    expect(spanOf('yesterday', today)).toEqual({ first: '2026-11-25', last: '2026-11-25' });
    expect(spanOf('all', today)).toBeNull();
  });

  test('goes back by as much as it is long', () => {
    expect(step('7d', -1, today)).toEqual({ first: '2026-11-13', last: '2026-11-19' });
    expect(step('today', -1, today)).toBe('yesterday');
    expect(step('month', -1, today)).toEqual({ first: '2026-10-01', last: '2026-10-31' });
    expect(step('year', -1, today)).toEqual({ first: '2025-01-01', last: '2025-12-31' });
    expect(step({ first: '2026-02-01', last: '2026-02-28' }, -1, today)).toEqual({
      first: '2026-01-01',
      last: '2026-01-31',
    });
    expect(step('all', -1, today)).toBeNull();
  });

  test('comes back to what goes by a name, and not past today', () => {
    expect(step('yesterday', 1, today)).toBe('today');
    expect(step({ first: '2026-10-01', last: '2026-10-31' }, 1, today)).toBe('month');
    expect(step({ first: '2025-01-01', last: '2025-12-31' }, 1, today)).toBe('year');
    expect(step('today', 1, today)).toBeNull();
    expect(step('7d', 1, today)).toBeNull();
  });

  test('is a month or a year only as a whole', () => {
    expect(unitOf({ first: '2026-01-01', last: '2026-12-31' })).toBe('year');
    expect(unitOf({ first: '2024-02-01', last: '2024-02-29' })).toBe('month');
    expect(unitOf({ first: '2024-02-01', last: '2024-02-28' })).toBeNull();
  });
});
