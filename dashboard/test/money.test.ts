import { beforeAll, describe, expect, test } from 'vitest';
import { speak } from '../src/text';
import { figure, shortFigure } from '../src/text/format';

beforeAll(() => speak('en'));

describe('amounts of money', () => {
  test('are short where there is little room and they are long', () => {
    expect(shortFigure('total_revenue', { value: 532_170, currency: 'DKK' })).toMatch(/532\.2K$/i);
    expect(figure('total_revenue', { value: 532_170, currency: 'DKK' })).toMatch(/532,170\.00$/);
    expect(shortFigure('total_revenue', { value: 200, currency: 'EUR' })).toBe('€200.00');
  });
});
