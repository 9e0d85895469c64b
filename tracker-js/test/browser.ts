import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import schema from '../../contract/beacon.schema.json';
import type { Beacon } from '../src/beacon';

/** The contract, made strict: the tracker sends no key that the contract does not name. */
const conforms = new Ajv2020().compile<Beacon>({ ...schema, additionalProperties: false });

/** What was sent against the contract. A test cannot fail where it is found: the tracker catches. */
let violations: string[] = [];

/**
 * Forgets the tracker of the test before: its listeners, its clock and its modules, some of which
 * hold what they saw when they were loaded.
 */
export function freshBrowser() {
  let listening: (() => void)[] = [];

  beforeEach(() => {
    vi.resetModules();
    vi.useFakeTimers();
    // No page is there at the moment at which its clock begins.
    vi.advanceTimersByTime(1);
    listening = [];
    violations = [];
    for (const target of [window, document]) {
      const listen = target.addEventListener.bind(target);
      vi.spyOn(target, 'addEventListener').mockImplementation(
        (type: string, listener: EventListenerOrEventListenerObject) => {
          listen(type, listener);
          listening.push(() => {
            target.removeEventListener(type, listener);
          });
        },
      );
    }
    Object.defineProperty(navigator, 'webdriver', { value: false, configurable: true });
    at('https://example.com/');
    cameFrom('');
    watched({ hidden: false, focused: true });
    laidOut({ scrolled: 0, viewport: 500, height: 2000 });
  });

  afterEach(() => {
    for (const stop of listening) {
      stop();
    }
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    vi.useRealTimers();
    delete window.sporlos;
    expect(violations).toEqual([]);
  });
}

/** Puts the browser on a page. */
export function at(address: string) {
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(address);
}

/** Gives the browser a Navigation API; returns what it calls when the page has moved. */
export function withNavigation() {
  const navigation = new EventTarget();
  vi.stubGlobal('navigation', navigation);
  return (address: string, navigationType: string) => {
    at(new URL(address, location.href).href);
    navigation.dispatchEvent(Object.assign(new Event('currententrychange'), { navigationType }));
  };
}

/** Has the tracker take the page that the browser is on for the one in view. */
export async function inView() {
  const { moved, turnPage } = await import('../src/page');
  moved();
  turnPage();
}

/** Names the page that the visitor came from. */
export function cameFrom(referrer: string) {
  vi.spyOn(document, 'referrer', 'get').mockReturnValue(referrer);
}

/** Says whether the page is in view and has the keyboard. */
export function watched({ hidden, focused }: { hidden: boolean; focused: boolean }) {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  vi.spyOn(document, 'hasFocus').mockReturnValue(focused);
}

/** Says how long the page is and which part of it is on screen, in pixels. */
export function laidOut({
  scrolled,
  viewport,
  height,
}: {
  scrolled: number;
  viewport: number;
  height: number;
}) {
  vi.stubGlobal('scrollY', scrolled);
  vi.stubGlobal('innerHeight', viewport);
  vi.spyOn(document.documentElement, 'scrollHeight', 'get').mockReturnValue(height);
}

/** Puts the snippet into the page, as the script that is running. */
export function snippet(source = 'https://stats.example/s.js', site = 'example.com') {
  const script = document.createElement('script');
  script.dataset.site = site;
  vi.spyOn(script, 'src', 'get').mockReturnValue(source);
  vi.spyOn(document, 'currentScript', 'get').mockReturnValue(script);
  return script;
}

/** Collects what is sent; each beacon is held against the contract. */
export function collector() {
  const beacons: Beacon[] = [];
  const fetching = vi.fn((_endpoint: URL, request: RequestInit) => {
    const beacon = JSON.parse(request.body as string) as Beacon;
    if (!conforms(beacon)) {
      violations.push(JSON.stringify([beacon, conforms.errors]));
    }
    beacons.push(beacon);
    return Promise.resolve(new Response());
  });
  vi.stubGlobal('fetch', fetching);
  return { beacons, fetching };
}
