import { describe, expect, it } from 'vitest';
import { pageAddress } from '../src/pageAddress';
import { at, freshBrowser } from './browser';

describe('pageAddress', () => {
  freshBrowser();

  it.each([
    ['https://example.com', 'https://example.com/'],
    ['https://example.com/a/b', 'https://example.com/a/b'],
    ['http://localhost:8080/a', 'http://localhost:8080/a'],
    ['https://user:secret@example.com/a', 'https://example.com/a'],
    ['https://example.com/a#fragment', 'https://example.com/a'],
    ['https://example.com/a?email=eve@example.org', 'https://example.com/a'],
    ['https://example.com/a?token=1#utm_source=x', 'https://example.com/a'],
    ['https://example.com/a?', 'https://example.com/a'],
    ['https://example.com/a?ref=x', 'https://example.com/a?ref=x'],
    ['https://example.com/a?q=1&utm_source=x', 'https://example.com/a?utm_source=x'],
    [
      'https://example.com/?utm_source=a&x=1&utm_medium=b&utm_campaign=c&utm_content=d&y&utm_term=e',
      'https://example.com/?utm_source=a&utm_medium=b&utm_campaign=c&utm_content=d&utm_term=e',
    ],
    ['https://example.com/?source=a%26b&gclid=1', 'https://example.com/?source=a%26b'],
    ['https://example.com/?href=1&xref=2&ref_=3&utm_id=4', 'https://example.com/'],
    ['https://example.com/?q=ref=1&utm_sourced=2', 'https://example.com/'],
  ])('sends of %s no more than %s', (address, sent) => {
    at(address);

    expect(pageAddress()).toBe(sent);
  });

  it('keeps within the 2,000 characters of the contract', () => {
    at('https://example.com/' + 'x'.repeat(3000));

    expect(pageAddress()).toHaveLength(2000);
  });
});
