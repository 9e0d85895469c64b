import { describe, expect, it } from 'vitest';
import type { Sporlos } from '../src/sporlos';
import { collector, freshBrowser, snippet } from './browser';

describe('consent', () => {
  freshBrowser();

  const start = async (attribute?: string) => {
    const script = snippet();
    if (attribute !== undefined) {
      script.dataset.consent = attribute;
    }
    const { beacons } = collector();
    const { startTracker } = await import('../src/startTracker');
    startTracker();
    return beacons;
  };

  it('is not spoken of before anybody does', async () => {
    const beacons = await start();

    expect(beacons[0]).not.toHaveProperty('c');
  });

  it('is told at once, and not with what follows: it may be withdrawn meanwhile in another tab', async () => {
    const beacons = await start();

    window.sporlos?.consent?.(true);
    window.sporlos?.('Signup');

    expect(beacons.slice(1)).toMatchObject([{ n: 'engagement', e: 0, c: 1 }, { n: 'Signup' }]);
    expect(beacons[2]).not.toHaveProperty('c');
  });

  it('is told when it changes, however often it is said', async () => {
    const beacons = await start();

    for (const given of [true, true, false, false, true, true]) {
      window.sporlos?.consent?.(given);
      window.sporlos?.('Signup');
    }

    const told = beacons.filter(({ n }) => n == 'engagement').map(({ c }) => c);
    expect(told).toEqual([1, 0, 1]);
  });

  it('is withdrawn at once, and with all that follows', async () => {
    const beacons = await start();

    window.sporlos?.consent?.(false);
    window.sporlos?.('Signup');

    expect(beacons.slice(1)).toMatchObject([
      { n: 'engagement', e: 0, c: 0 },
      { n: 'Signup', c: 0 },
    ]);
  });

  it('is withdrawn as it was given', async () => {
    const beacons = await start();

    window.sporlos?.consent?.(true);
    window.sporlos?.consent?.(false);
    window.sporlos?.consent?.(true);

    expect(beacons.slice(1).map(({ c }) => c)).toEqual([1, 0, 1]);
  });

  it('is not given by a call that says nothing', async () => {
    const beacons = await start();
    const consent = window.sporlos?.consent as (given?: unknown) => void;

    for (const nothing of [undefined, null, 0]) {
      window.sporlos?.consent?.(true);
      consent(nothing);
    }

    expect(beacons.slice(1).map(({ c }) => c)).toEqual([1, 0, 1, 0, 1, 0]);
  });

  it.each([
    ['true', 1],
    ['false', 0],
    ['denied', 0],
    ['undefined', 0],
  ])('stands in the snippet as data-consent="%s"', async (attribute, c) => {
    const beacons = await start(attribute);

    expect(beacons).toMatchObject([{ n: 'pageview', c }]);
  });

  it.each([true, false])('is not told again where the snippet says it: %s', async (given) => {
    const beacons = await start(String(given));

    window.sporlos?.consent?.(given);

    expect(beacons).toHaveLength(1);
  });

  it.each(['', undefined])('is not spoken of in the snippet: %s', async (attribute) => {
    const beacons = await start(attribute);

    expect(beacons[0]).not.toHaveProperty('c');
  });

  it('was told to the stub later than it was written into the snippet', async () => {
    window.sporlos = Object.assign((() => undefined) as Sporlos, { c: 0 as const });

    expect(await start('true')).toMatchObject([{ n: 'pageview', c: 0 }]);
  });

  it('is not given again by a page that comes back from the back/forward cache', async () => {
    const beacons = await start();
    window.sporlos?.consent?.(true);

    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));

    expect(beacons.at(-1)).toMatchObject({ n: 'pageview' });
    expect(beacons.at(-1)).not.toHaveProperty('c');
  });

  it('stays withdrawn on a page that comes back from the back/forward cache', async () => {
    const beacons = await start();
    window.sporlos?.consent?.(false);

    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));

    expect(beacons.at(-1)).toMatchObject({ n: 'pageview', c: 0 });
  });

  it.each([0, 1] as const)('was told to the stub: %s', async (c) => {
    window.sporlos = Object.assign((() => undefined) as Sporlos, { c });

    expect(await start()).toMatchObject([{ n: 'pageview', c }]);
  });
});
