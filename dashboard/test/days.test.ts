import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  addYears,
  daysIn,
  isDay,
  lastOfMonth,
  mondayOf,
  startOfDay,
  todayIn,
} from '../src/state/days';

describe('days', () => {
  test('only days that there are', () => {
    expect(['2026-02-28', '2024-02-29'].map(isDay)).toEqual([true, true]);
    expect(['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', ''].map(isDay)).toEqual(
      Array(5).fill(false),
    );
  });

  test('are counted across months, years and clock changes', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysIn('2026-03-01', '2026-03-31')).toBe(31);
  });

  test('of another month are its last where it has fewer', () => {
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
    expect(addMonths('2026-01-15', -13)).toBe('2024-12-15');
    expect(addMonths('2025-12-01', 1)).toBe('2026-01-01');
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28');
    expect(lastOfMonth('2024-02-10')).toBe('2024-02-29');
  });

  test('belong to the week of their Monday', () => {
    expect(mondayOf('2026-11-26')).toBe('2026-11-23');
    expect(mondayOf('2026-11-29')).toBe('2026-11-23');
    expect(mondayOf('2026-11-30')).toBe('2026-11-30');
  });

  test('are those of the zone', () => {
    const moment = new Date('2026-11-26T23:30:00Z');
    expect(todayIn('Europe/Copenhagen', moment)).toBe('2026-11-27');
    expect(todayIn('America/New_York', moment)).toBe('2026-11-26');
  });

  test('begin when the clock of the zone says so, also where it changes at midnight', () => {
    expect(startOfDay('2026-11-26', 'Europe/Copenhagen').toISOString()).toBe(
      '2026-11-25T23:00:00.000Z',
    );
    expect(startOfDay('2026-03-29', 'Europe/Copenhagen').toISOString()).toBe(
      '2026-03-28T23:00:00.000Z',
    );
    expect(startOfDay('2026-03-30', 'Europe/Copenhagen').toISOString()).toBe(
      '2026-03-29T22:00:00.000Z',
    );
    expect(startOfDay('2026-10-26', 'Asia/Kolkata').toISOString()).toBe('2026-10-25T18:30:00.000Z');
  });
});
