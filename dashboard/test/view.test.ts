import { describe, expect, test } from 'vitest';
import { type Filter, filterJson, filterText, parseFilter } from '../src/state/filter';
import { parseView, usual, type View, viewText } from '../src/state/view';

describe('a filter', () => {
  const odd: Filter = {
    operator: 'is_not',
    dimension: 'event:page',
    values: ['/a,b', 'c\\d', ' e & f ', 'æ,'],
  };

  test('is written as it is read, whatever its values', () => {
    expect(parseFilter(filterText(odd))).toEqual(odd);
    expect(filterText({ operator: 'is', dimension: 'visit:source', values: ['A', 'B'] })).toBe(
      'is,visit:source,A,B',
    );
  });

  test.each(['', 'is', 'is,visit:source', 'equals,visit:source,A', ',visit:source,A'])(
    'is nothing else: %s',
    (text) => {
      expect(parseFilter(text)).toBeNull();
    },
  );

  test('names segments by their numbers, and looks for texts in any case', () => {
    expect(filterJson({ operator: 'is', dimension: 'segment', values: ['3'] })).toEqual([
      'is',
      'segment',
      [3],
    ]);
    expect(filterJson({ operator: 'contains', dimension: 'event:page', values: ['Blog'] })).toEqual(
      ['contains', 'event:page', ['Blog'], { case_sensitive: false }],
    );
  });
});

describe('a view', () => {
  test('that is usual says nothing', () => {
    expect(viewText(usual)).toBe('');
    expect(parseView('')).toEqual(usual);
  });

  test('is written as it is read', () => {
    const view: View = {
      range: { first: '2026-02-03', last: '2026-02-09' },
      compare: 'year',
      matchWeekdays: true,
      filters: [
        { operator: 'is', dimension: 'visit:source', values: ['Google', 'a,b&c=d'] },
        { operator: 'contains_not', dimension: 'event:page', values: ['/blog'] },
      ],
      metric: 'bounce_rate',
      interval: 'week',
      details: 'pages',
      listing: { search: 'a&b', order: { by: 'visit:utm_source', down: true }, page: 2 },
      tabs: { sources: 'channel', pages: 'entry' },
    };
    expect(parseView(viewText(view))).toEqual(view);
  });

  test('tells how rows are looked through only of details that are shown', () => {
    const listing = { search: 'x', order: { by: 'visits', down: false }, page: 1 };

    expect(viewText({ ...usual, listing })).toBe('');
    expect(viewText({ ...usual, details: 'pages', listing })).toBe(
      '?details=pages&search=x&sort=visits&page=2',
    );
    expect(parseView('?search=x&sort=visits&page=2')).toEqual(usual);
    expect(parseView('?details=pages&page=0&sort=-').listing).toEqual(usual.listing);
  });

  test('that was spoilt is as usual where it was', () => {
    expect(
      parseView('?range=soon&compare=x&f=nonsense&metric=money&interval=second&weekdays=yes'),
    ).toEqual(usual);
  });
});
