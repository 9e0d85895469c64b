import { afterEach, describe, expect, it, vi } from 'vitest';
import { freshBrowser } from './browser';

describe('declined', () => {
  freshBrowser();

  afterEach(() => {
    vi.restoreAllMocks();
    localStorage.clear();
  });

  const load = async () => (await import('../src/declined')).declined;

  it.each([
    [{ globalPrivacyControl: true }, true],
    [{ globalPrivacyControl: false }, false],
    [{ doNotTrack: '1' }, true],
    [{ doNotTrack: '0' }, false],
    [{ doNotTrack: 'unspecified' }, false],
    [{ doNotTrack: null }, false],
    [{ globalPrivacyControl: true, doNotTrack: '0' }, true],
    [{}, false],
  ])('is, for a browser that says %j, %s', async (signals, answer) => {
    vi.stubGlobal('navigator', signals);
    const declined = await load();

    expect(!!declined()).toBe(answer);
  });

  it.each(['optout', 'own'])('is where %s was chosen on this website', async (choice) => {
    vi.stubGlobal('navigator', {});
    localStorage.sporlos = choice;
    const declined = await load();

    expect(!!declined()).toBe(true);
  });

  it('is as soon as it was chosen, in whichever tab', async () => {
    vi.stubGlobal('navigator', {});
    const declined = await load();
    expect(!!declined()).toBe(false);

    localStorage.sporlos = 'optout';

    expect(!!declined()).toBe(true);
  });

  it('is where the browser keeps nothing for websites and says so itself', async () => {
    vi.stubGlobal('navigator', { globalPrivacyControl: true });
    vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    const declined = await load();

    expect(!!declined()).toBe(true);
  });

  it('is not where the browser keeps nothing for websites', async () => {
    vi.stubGlobal('navigator', {});
    vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    const declined = await load();

    expect(!!declined()).toBe(false);
  });
});
