import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ask, type Asked, renew, stateOf, watch } from '../src/api/cache';
import { Failure, request, token } from '../src/api/request';

const answers: (Response | Error)[] = [];
const asked: { path: string; init: RequestInit }[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  answers.length = asked.length = 0;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    asked.push({ path, init });
    const answer = answers.shift() ?? new Response('{}');
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (failure: unknown) => failure as Failure,
  );

describe('a request', () => {
  test('that changes something shows the token of the page', async () => {
    token.value = 'secret';
    await request('/api/x', { method: 'PUT', body: { a: 1 } });
    await request('/api/x');

    expect(asked[0]?.init.headers).toMatchObject({ 'Sporlos-Token': 'secret' });
    expect(asked[0]?.init.body).toBe('{"a":1}');
    expect(asked[1]?.init.headers).not.toHaveProperty('Sporlos-Token');
  });

  test.each([
    [400, 'invalid'],
    [401, 'signed-out'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [500, 'failed'],
  ])('answered with %i fails as %s, in the words of the server', async (status, kind) => {
    answers.push(new Response('{"error": "so it is"}', { status }));

    const failure = await failureOf(request('/api/x'));

    expect(failure).toMatchObject({ kind, message: 'so it is' });
    expect(asked).toHaveLength(1);
  });

  test('that only reads is sent again while the server is busy', async () => {
    answers.push(new Response('', { status: 503 }), new TypeError('away'));
    answers.push(new Response('{"a": 1}'));

    const answer = request('/api/x');
    await vi.runAllTimersAsync();

    expect(await answer).toEqual({ a: 1 });
    expect(asked).toHaveLength(3);
  });

  test('that changes something is not sent again', async () => {
    answers.push(new Response('', { status: 503 }));

    expect(await failureOf(request('/api/x', { method: 'POST' }))).toMatchObject({ kind: 'busy' });
    expect(asked).toHaveLength(1);
  });
});

describe('an answer', () => {
  let count = 0;
  const question = (key: string, holds?: number): Asked<number> => ({
    key,
    load: () => Promise.resolve(++count),
    ...(holds === undefined ? {} : { holds }),
  });
  const settle = () => vi.advanceTimersByTimeAsync(0);

  beforeEach(() => (count = 0));

  test('is asked for once by all that wait for it', async () => {
    const one = question('once');
    watch(one);
    watch(one);
    await settle();

    expect(stateOf(one).value).toMatchObject({ value: 1, asking: false });
    expect(count).toBe(1);
  });

  test('is kept, so that going back asks nothing', async () => {
    const one = question('kept');
    watch(one)();
    await settle();
    watch(one);
    await settle();

    expect(count).toBe(1);
  });

  test('is shown while it is asked for again once it no longer holds', async () => {
    const one = question('short', 1_000);
    const stop = watch(one);
    await settle();
    stop();
    await vi.advanceTimersByTimeAsync(2_000);
    watch(one);

    expect(stateOf(one).value).toMatchObject({ value: 1, asking: true });
    await settle();
    expect(stateOf(one).value).toMatchObject({ value: 2, asking: false });
  });

  test('that nobody waits for any more is given up', async () => {
    let given: AbortSignal | undefined;
    const one: Asked<number> = {
      key: 'given up',
      load: (signal) => {
        given = signal;
        return new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
        );
      },
    };
    watch(one)();
    await settle();

    expect(given?.aborted).toBe(true);
    expect(stateOf(one).value).toEqual({ asking: false });
  });

  test('is kept when asking again fails, beside the failure', async () => {
    const one = question('fails');
    watch(one);
    await settle();
    ask({ ...one, load: () => Promise.reject(new Failure('busy')) });
    await settle();

    expect(stateOf(one).value).toMatchObject({ value: 1, failure: { kind: 'busy' } });
  });

  test('is asked for again where it is shown, once what it says has changed', async () => {
    const shown = question('site a');
    const hidden = question('site b');
    watch(shown);
    watch(hidden)();
    await settle();
    renew('site');
    await settle();

    expect(stateOf(shown).value.value).toBe(3);
    expect(stateOf(hidden).value).toEqual({ asking: false });
  });
});
