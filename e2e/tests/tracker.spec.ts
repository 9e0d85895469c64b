import { spawn } from 'node:child_process';
import { chromium, type Page } from '@playwright/test';
import { arrived, expectArrived, expectCounted } from '../support/arrivals';
import { executable, flags } from '../support/chromium';
import { expect, test } from '../support/test';

/** Waits until the page has nothing more to send. */
async function settle(page: Page) {
  await page.waitForLoadState('networkidle');
}

test('a page view says page, site and width, as text, without cookie or preflight', async ({
  page,
  collector,
  website,
}) => {
  await page.setViewportSize({ width: 1234, height: 600 });

  await page.goto(`${website.origin}/second?email=eve@example.org&utm_source=mail#secret`);

  await expectCounted(collector, ['pageview /second']);
  expect(collector.beacons[0]).toEqual({
    v: 1,
    d: 'example.com',
    b: false,
    n: 'pageview',
    u: `${website.origin}/second?utm_source=mail`,
    k: expect.any(String) as unknown,
    r: '',
    w: 1234,
  });
  expect(collector.headers[0]).toMatchObject({ 'content-type': 'text/plain;charset=UTF-8' });
  expect(collector.headers[0]).not.toHaveProperty('cookie');
  expect(collector.requests).toEqual(['GET /s.js', 'POST /b']);
});

test('a browser that is driven says so', async ({ collector, website }) => {
  // Without the flag that hides it.
  const driven = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] });

  await (await driven.newPage()).goto(website.origin);

  await expectCounted(collector, ['pageview /']);
  expect(collector.beacons[0]?.b).toBe(true);
  await driven.close();
});

test('a visit that comes from elsewhere says from where, without query', async ({
  page,
  collector,
  website,
}) => {
  await page.goto(`${website.elsewhere}/linking?to=${website.origin}/second`);
  await page.getByText('there').click();

  await expectCounted(collector, ['pageview /second']);
  expect(collector.beacons[0]?.r).toBe(`${website.elsewhere}/linking`);
});

test('a link within the website is told as what it is, without query', async ({
  page,
  collector,
  website,
}) => {
  await page.goto(`${website.origin}/linking?to=/second`);
  await page.getByText('there').click();

  await expectCounted(collector, ['pageview /second']);
  expect(collector.beacons[0]?.r).toBe(`${website.origin}/linking`);
});

test.describe('a single-page application', () => {
  for (const api of ['with', 'without']) {
    test.describe(`${api} the Navigation API`, () => {
      test.beforeEach(async ({ page }) => {
        if (api === 'without') {
          await page.addInitScript(() => {
            Object.defineProperty(window, 'navigation', { value: undefined });
          });
        }
      });

      test('has a page view for every new path', async ({ page, collector, website }) => {
        await page.goto(`${website.origin}/application`);
        await page.getByText('push', { exact: true }).click();
        await page.getByText('push', { exact: true }).click();

        await expectCounted(collector, [
          'pageview /application',
          'pageview /application/1',
          'pageview /application/2',
        ]);
      });

      test('has a page view for going back and forward', async ({ page, collector, website }) => {
        await page.goto(`${website.origin}/application`);
        await page.getByText('push', { exact: true }).click();
        await page.goBack();
        await page.goForward();

        await expectCounted(collector, [
          'pageview /application',
          'pageview /application/1',
          'pageview /application',
          'pageview /application/1',
        ]);
      });

      test('has none for another query, a fragment or a replaced entry', async ({
        page,
        collector,
        website,
      }) => {
        await page.goto(`${website.origin}/application`);
        await page.getByText('push, same path').click();
        await page.evaluate(() => {
          location.hash = 'elsewhere';
        });
        await page.getByText('replace').click();
        await page.getByText('push, same path').click();
        await settle(page);

        await expectCounted(collector, ['pageview /application']);
      });

      test('reports the page that is left when the next one comes', async ({
        page,
        collector,
        website,
      }) => {
        await page.goto(`${website.origin}/application`);
        await page.evaluate(() => {
          scrollTo(0, 2000);
        });
        await page.waitForTimeout(1500);
        await page.getByText('push', { exact: true }).dispatchEvent('click');

        await expectArrived(collector, [
          'pageview /application',
          'engagement /application',
          'pageview /application/1',
        ]);
        const engagement = collector.beacons.find((beacon) => beacon.n === 'engagement');
        expect(engagement?.e).toBeGreaterThanOrEqual(1500);
        expect(engagement?.sd).toBeGreaterThan(50);
        expect(engagement?.sd).toBeLessThan(90);
      });
    });
  }

  test('has a page view when its router intercepts the navigation', async ({
    page,
    collector,
    website,
  }) => {
    await page.goto(`${website.origin}/application`);
    await page.getByText('navigate').click();
    await expect(page.getByText('/application/1')).toBeVisible();

    await expectCounted(collector, ['pageview /application', 'pageview /application/1']);
  });
});

test('a page that comes back from the back/forward cache is viewed again', async ({
  page,
  collector,
  website,
}) => {
  await page.goto(website.origin);
  await page.evaluate(() => {
    addEventListener('pageshow', (event) => {
      document.title = event.persisted ? 'restored' : 'loaded';
    });
  });
  await page.getByText('second').click();
  await expectCounted(collector, ['pageview /', 'pageview /second']);
  // Not page.goBack(), which waits for a page to load.
  await page.evaluate(() => {
    history.back();
  });

  await expect(page, 'the cache is off').toHaveTitle('restored');
  await expectCounted(collector, ['pageview /', 'pageview /second', 'pageview /']);
  expect(collector.beacons.at(-1)?.r).toBeUndefined();
});

test('leaving a page reports for how long and how far it was seen', async ({
  page,
  collector,
  website,
}) => {
  await page.setViewportSize({ width: 1000, height: 600 });
  const began = Date.now();
  await page.goto(website.origin);
  await expectCounted(collector, ['pageview /']);
  const height = await page.evaluate(() => {
    scrollTo(0, 1400);
    return document.documentElement.scrollHeight;
  });
  await page.waitForTimeout(2000);
  await page.goto(`${website.origin}/second`);
  const atMost = Date.now() - began;

  await expectArrived(collector, ['pageview /', 'engagement /', 'pageview /second']);
  const engagement = collector.beacons.find((beacon) => beacon.n === 'engagement');
  expect(engagement?.e).toBeGreaterThanOrEqual(2000);
  expect(engagement?.e).toBeLessThanOrEqual(atMost);
  expect(engagement?.sd).toBe(Math.floor((2000 / height) * 101));
});

test('a page closed at once is counted', async ({ page, collector, website }) => {
  await page.goto(website.origin, { waitUntil: 'domcontentloaded' });
  await page.close();

  await expectCounted(collector, ['pageview /']);
});

test('a page closed after a while is counted with the time it was seen', async ({
  page,
  collector,
  website,
}) => {
  await page.goto(website.origin);
  await page.waitForTimeout(1200);
  await page.close({ runBeforeUnload: true });

  await expectArrived(collector, ['pageview /', 'engagement /']);
});

test('a page closed after a while in a browser whose requests end with it is counted with its time', async ({
  page,
  collector,
  website,
}) => {
  // As Firefox before 133 is.
  await page.addInitScript(() => {
    Object.defineProperty(window, 'navigation', { value: undefined });
    Reflect.deleteProperty(Request.prototype, 'keepalive');
    const ask = window.fetch.bind(window);
    window.fetch = (resource, request) =>
      document.hidden ? new Promise(() => undefined) : ask(resource, request);
  });
  await page.goto(website.origin);
  await page.waitForTimeout(1200);
  await page.close({ runBeforeUnload: true });

  await expectArrived(collector, ['pageview /', 'engagement /']);
});

test('calls made before the script has loaded are counted after the page view', async ({
  page,
  collector,
  website,
}) => {
  await page.goto(`${website.origin}/queued`);
  await page.evaluate(() => {
    (window as unknown as { sporlos: (name: string) => void }).sporlos('Later');
  });

  await expectCounted(collector, [
    'pageview /queued',
    'Early /queued',
    'Earlier still /queued',
    'Later /queued',
  ]);
  expect(collector.beacons).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ n: 'Early', p: { order: 1 } }),
      expect.objectContaining({
        n: 'Earlier still',
        $: { amount: 9.5, currency: 'DKK' },
        i: false,
      }),
    ]),
  );
});

for (const [signal, value] of [
  ['globalPrivacyControl', true],
  ['doNotTrack', '1'],
] as const) {
  test(`a browser that says ${signal} sends nothing`, async ({ page, collector, website }) => {
    await page.addInitScript(
      ([name, says]) => {
        Object.defineProperty(Navigator.prototype, name, { get: () => says });
      },
      [signal, value] as const,
    );

    await page.goto(`${website.origin}/queued`);
    await page.evaluate(() => {
      (window as unknown as { sporlos: (name: string) => void }).sporlos('Later');
    });
    await page.waitForTimeout(1200);
    await page.goto(`${website.origin}/second`);
    await settle(page);

    expect(collector.requests).toContain('GET /s.js');
    expect(collector.requests.filter((request) => request !== 'GET /s.js')).toEqual([]);
  });
}

test('a browser that throws where it is asked for what it keeps is counted', async ({
  page,
  collector,
  website,
}) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    };
    for (const storage of ['localStorage', 'sessionStorage', 'indexedDB']) {
      Object.defineProperty(window, storage, { get: refuse });
    }
    Object.defineProperty(Document.prototype, 'cookie', { get: refuse, set: refuse });
  });

  await page.goto(`${website.origin}/application`);
  await page.getByText('push', { exact: true }).click();

  await expectCounted(collector, ['pageview /application', 'pageview /application/1']);
});

test('a strict Content Security Policy needs no more than the documented directives', async ({
  page,
  collector,
  website,
}) => {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));

  await page.goto(`${website.origin}/strict`);

  await expectCounted(collector, ['pageview /strict']);
  expect(complaints).toEqual([]);
});

test('a policy that forbids the beacon leaves the page alone', async ({
  page,
  collector,
  website,
}) => {
  const refused = page.waitForEvent('console', (message) =>
    message.text().includes('Content Security Policy'),
  );

  await page.goto(`${website.origin}/forbidding`);
  await refused;
  await settle(page);

  expect(collector.beacons).toEqual([]);
});

for (const failure of ['hang up', 503] as const) {
  test(`a beacon that was not taken (${failure}) is sent again once, with its age`, async ({
    page,
    collector,
    website,
  }) => {
    collector.failing = [failure];

    await page.goto(website.origin);

    await expect.poll(() => collector.beacons.length, { timeout: 15_000 }).toBe(1);
    const [again] = collector.beacons;
    expect(again).toEqual({ ...collector.lost[0], a: again?.a });
    // Where a connection in use breaks, Chromium itself may have sent it again at once.
    expect(again?.a ?? (failure === 'hang up' ? 5 : 0)).toBeGreaterThanOrEqual(5);
  });
}

test('a beacon that is lost offline is sent again once the browser is online', async ({
  page,
  collector,
  website,
}) => {
  await page.goto(website.origin);
  await expectCounted(collector, ['pageview /']);

  await page.context().setOffline(true);
  await page.evaluate(() => {
    (window as unknown as { sporlos: (name: string) => void }).sporlos('Click');
  });
  await page.waitForTimeout(6_000);
  await page.context().setOffline(false);

  await expect.poll(() => collector.beacons.length, { timeout: 15_000 }).toBe(2);
  expect(collector.beacons[1]).toMatchObject({ n: 'Click' });
  expect(collector.beacons[1]?.a).toBeGreaterThanOrEqual(10);
});

test('a page that is closed while a beacon waits takes it along', async ({
  page,
  collector,
  website,
}) => {
  collector.failing = [503];
  const other = await page.context().newPage();
  await other.goto(website.origin);
  await expect.poll(() => collector.lost.length).toBe(1);

  await other.close();
  await page.waitForTimeout(6_000);

  expect(collector.beacons.filter((beacon) => beacon.n === 'pageview')).toEqual([]);
});

test('a thousand clicks at once all arrive', async ({ page, collector, website }) => {
  await page.goto(`${website.origin}/extras`);
  await page.getByText('buy').evaluate((button: HTMLElement) => {
    for (let click = 0; click < 1000; click++) {
      button.click();
    }
  });

  const clicks = () => collector.beacons.filter((beacon) => beacon.n === 'Buy');
  // What exceeds the browser's allowance comes five seconds later.
  await expect.poll(() => clicks().length, { timeout: 20_000 }).toBe(1000);
  expect(new Set(clicks().map((beacon) => beacon.k)).size).toBe(1000);
});

test('a collector that is away leaves the page alone', async ({ page, collector, website }) => {
  await page.goto(website.origin);
  await expectCounted(collector, ['pageview /']);
  await collector.stop();

  await page.evaluate(() => {
    (window as unknown as { sporlos: (name: string) => void }).sporlos('Lost');
  });
  await settle(page);

  await expectCounted(collector, ['pageview /']);
});

test('a prerendered page is viewed when it is opened', async ({ collector, website }, testInfo) => {
  const profile = `--user-data-dir=${testInfo.outputPath('profile')}`;
  const address = `${website.origin}/prerendering`;

  const browser = spawn(executable, [...flags, '--headless', profile, address], {
    stdio: 'ignore',
  });

  try {
    await expect
      .poll(() => arrived(collector))
      .toEqual(expect.arrayContaining(['Leaving /prerendering', 'Was prerendered /prerendered']));
  } finally {
    browser.kill();
  }
  const order = arrived(collector);
  expect(order.filter((what) => what === 'pageview /prerendered')).toHaveLength(1);
  expect(order.indexOf('pageview /prerendered')).toBeGreaterThan(
    order.indexOf('Leaving /prerendering'),
  );
});
