import { afterEach, describe, expect, it, vi } from 'vitest';
import { collector, freshBrowser, inView, snippet } from './browser';

describe('a visitor', () => {
  freshBrowser();

  afterEach(() => {
    vi.restoreAllMocks();
    localStorage.clear();
  });

  /** Sees to it that a page is in view; returns whether nothing is sent any more. */
  const load = async () => {
    snippet();
    const { beacons } = collector();
    await inView();
    const { send } = await import('../src/send');
    return () => {
      const before = beacons.length;
      send({ n: 'Signup' });
      return beacons.length == before;
    };
  };

  it.each([
    [{ globalPrivacyControl: true }, true],
    [{ globalPrivacyControl: false }, false],
    [{ doNotTrack: '1' }, true],
    [{ doNotTrack: '0' }, false],
    [{ doNotTrack: 'unspecified' }, false],
    [{ doNotTrack: null }, false],
    [{ globalPrivacyControl: true, doNotTrack: '0' }, true],
    [{}, false],
  ])('has declined, for a browser that says %j: %s', async (signals, answer) => {
    vi.stubGlobal('navigator', signals);
    const declined = await load();

    expect(declined()).toBe(answer);
  });

  it.each(['optout', 'own'])('has declined where %s was chosen on this website', async (choice) => {
    vi.stubGlobal('navigator', {});
    localStorage.sporlos = choice;
    const declined = await load();

    expect(declined()).toBe(true);
  });

  it('has declined as soon as it was chosen, in whichever tab', async () => {
    vi.stubGlobal('navigator', {});
    const declined = await load();
    expect(declined()).toBe(false);

    localStorage.sporlos = 'optout';

    expect(declined()).toBe(true);
  });

  it('has declined where the browser keeps nothing for websites and says so itself', async () => {
    vi.stubGlobal('navigator', { globalPrivacyControl: true });
    vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    const declined = await load();

    expect(declined()).toBe(true);
  });

  it('has not declined where the browser keeps nothing for websites', async () => {
    vi.stubGlobal('navigator', {});
    vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    const declined = await load();

    expect(declined()).toBe(false);
  });
});
