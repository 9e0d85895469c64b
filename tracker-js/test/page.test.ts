import { describe, expect, it } from 'vitest';
import { at, freshBrowser, snippet } from './browser';

describe('page', () => {
  freshBrowser();

  const open = async (address: string, hash?: string) => {
    const script = snippet();
    if (hash !== undefined) {
      script.dataset.hash = hash;
    }
    at(address);
    const tracked = await import('../src/page');
    tracked.moved();
    tracked.turnPage();
    return tracked;
  };

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
    ['https://example.com/?source=a%26b&gclid=1', 'https://example.com/?source=a%26b&gclid='],
    [
      'https://example.com/?q=1&msclkid=2&utm_source=x',
      'https://example.com/?msclkid=&utm_source=x',
    ],
    ['https://example.com/?gbraid=1#a', 'https://example.com/?gbraid='],
    ['https://example.com/?li_fat_id=a=b?c', 'https://example.com/?li_fat_id='],
    ['https://example.com/?id=1&xid&q=gclid=2', 'https://example.com/'],
    ['https://example.com/?href=1&xref=2&ref_=3&utmost=4', 'https://example.com/'],
    ['https://example.com/?q=ref=1&Utm_source=2', 'https://example.com/'],
  ])('sends of %s no more than %s', async (address, sent) => {
    const { page } = await open(address);

    expect(page).toBe(sent);
  });

  it('keeps within the 2,000 characters of the contract', async () => {
    const { page } = await open('https://example.com/' + 'x'.repeat(3000));

    expect(page).toHaveLength(2000);
  });

  it('is none for a file on the disk', async () => {
    const { page } = await open('file:///home/eve/secret.html');

    expect(page).toBe('');
  });

  it.each([
    ['https://example.com/app#/users/1', 'https://example.com/app#/users/1'],
    ['https://example.com/app#/find?q=eve@example.org', 'https://example.com/app#/find'],
    ['https://example.com/?utm_source=x&q=1#/a', 'https://example.com/#/a?utm_source=x'],
    ['https://example.com/a', 'https://example.com/a'],
  ])('has, where the snippet asks for it, the fragment: of %s %s', async (address, sent) => {
    const { page } = await open(address, 'on');

    expect(page).toBe(sent);
  });

  it('is another one at another path, or where it was forgotten', async () => {
    const { moved, forgetPage } = await open('https://example.com/a');

    at('https://example.com/a?page=2#part');
    expect(moved()).toBe(false);
    at('https://example.com/b');
    expect(moved()).toBe(true);
    expect(moved()).toBe(false);
    forgetPage();
    expect(moved()).toBe(true);
  });

  it('is another one at another fragment where the snippet asks for it', async () => {
    const { moved } = await open('https://example.com/#/a', 'on');

    at('https://example.com/#/a?sort=1');
    expect(moved()).toBe(false);
    at('https://example.com/#/b');
    expect(moved()).toBe(true);
  });
});
