import { describe, expect, test } from 'vitest';
import type { PathsReport } from '../src/api/reports';
import { flowOf } from '../src/panels/behaviour/flow';
import { fitting } from '../src/panels/fitting';
import { stacksOf, tallyBy } from '../src/panels/refusals/tally';
import { subjectsOf } from '../src/state/subjects';

const filter = (dimension: string, ...values: string[]) => ({
  operator: 'is' as const,
  dimension,
  values,
});

const segment = (id: number, filters: unknown[]) => ({
  id,
  name: 'Buyers',
  filters,
  personal: false,
});

describe('what filters ask about', () => {
  test('is what they and their segments name, however deep', () => {
    const bought = segment(7, [['not', ['or', [['is', 'event:goal', ['Bought']]]]]]);
    const asked = subjectsOf([filter('visit:source', 'Google'), filter('segment', '7')], [bought]);

    expect(asked('visit:source')).toBe(true);
    expect(asked('event:goal')).toBe(true);
    expect(asked('event:page')).toBe(false);
  });

  test('may be anything as long as a segment is not known', () => {
    expect(subjectsOf([filter('segment', '7')], [])('event:page')).toBe(true);
  });
});

describe('metrics that fit', () => {
  const none = () => false;

  test('are all of them where nothing speaks against any', () => {
    expect(fitting(['visitors', 'time_on_page', 'views_per_visit'], none)).toEqual([
      'visitors',
      'time_on_page',
      'views_per_visit',
    ]);
  });

  test('say nothing of reading once goals are asked about, and how many of a row reached them', () => {
    const asked = (dimension: string) => dimension === 'event:goal';

    expect(fitting(['visitors', 'percentage', 'scroll_depth'], asked)).toEqual([
      'visitors',
      'group_conversion_rate',
    ]);
    expect(fitting(['events', 'pageviews', 'bounce_rate'], asked)).toEqual(['events']);
  });
});

describe('streams', () => {
  const report: PathsReport = {
    page: '/',
    visits: 100,
    before: [{ page: '(entry)', visits: 100 }],
    after: [
      { page: '/a', visits: 40, next: [{ page: '/c', visits: 40 }] },
      {
        page: '/b',
        visits: 30,
        next: [
          { page: '/c', visits: 20 },
          { page: '(exit)', visits: 10 },
        ],
      },
      { page: '/rare', visits: 9, next: [{ page: '/c', visits: 9 }] },
      { page: '(other)', visits: 6 },
      { page: '(exit)', visits: 15 },
    ],
    meta: { date_range: ['2026-03-01', '2026-03-02'] },
  };
  const { nodes, links } = flowOf(report, 2);
  const at = (step: number) =>
    nodes.filter((node) => node.step === step).map(({ page, visits }) => [page, visits]);

  test('meet where pages are the same', () => {
    expect(at(2)).toEqual([
      ['/c', 60],
      ['(exit)', 10],
    ]);
    expect(links).toContainEqual({ source: '1 /b', target: '2 /c', value: 20 });
  });

  test('of all but the most frequent pages are one, and are followed no further', () => {
    expect(at(1)).toEqual([
      ['/a', 40],
      ['/b', 30],
      ['(other)', 15],
      ['(exit)', 15],
    ]);
  });

  test('lead from before to after', () => {
    expect(at(-1)).toEqual([['(entry)', 100]]);
    expect(links).toContainEqual({ source: '-1 (entry)', target: '0 /', value: 100 });
  });
});

describe('what was refused', () => {
  const refused = (day: string, reason: string, count: number) => ({
    day,
    reason,
    detail: '',
    count,
  });

  test('is added up by reason, the most first', () => {
    const all = [refused('2026-03-01', 'host', 1), refused('2026-03-01', 'bot', 2)];

    expect(tallyBy([...all, refused('2026-03-02', 'bot', 3)], ({ reason }) => reason)).toEqual([
      { name: 'bot', count: 5 },
      { name: 'host', count: 1 },
    ]);
  });

  test('is stacked by day, with days on which nothing was', () => {
    const stacks = stacksOf(
      [refused('2026-03-01', 'bot', 2), refused('2026-03-03', 'host', 4)],
      { first: '2026-03-01', last: '2026-03-03' },
      ['bot'],
    );

    expect(stacks.map(({ first, parts, total }) => [first, parts, total])).toEqual([
      ['2026-03-01', [2, 0], 2],
      ['2026-03-02', [0, 0], 0],
      ['2026-03-03', [0, 4], 4],
    ]);
  });

  test('is stacked by week where days are many', () => {
    const stacks = stacksOf(
      [refused('2026-03-04', 'bot', 2)],
      { first: '2026-01-01', last: '2026-03-31' },
      ['bot'],
    );

    expect(stacks[0]?.first).toBe('2025-12-29');
    expect(stacks.find(({ first }) => first === '2026-03-02')?.total).toBe(2);
  });
});
