import { signal } from '@preact/signals';
import { language } from '../text';

/** Why there is no answer. */
export type FailureKind =
  /** The network or the server is away. */
  | 'offline'
  /** Nobody is signed in any more. */
  | 'signed-out'
  /** Who is signed in may not see or do this. */
  | 'forbidden'
  | 'not-found'
  /** The server says what is wrong with the question; it does not help to ask again. */
  | 'invalid'
  /** The server has too much to do, or its database is away. */
  | 'busy'
  /** The server is at fault. */
  | 'failed';

/** A request that was not answered as it should be. */
export class Failure extends Error {
  readonly kind: FailureKind;

  /** @param message what the server says, for people; empty if it says nothing */
  constructor(kind: FailureKind, message = '') {
    super(message);
    this.name = 'Failure';
    this.kind = kind;
  }
}

/** What proves that a change is asked for by this page; `GET /api/me` says it. */
export const token = signal('');

/** What opens a site to outsiders: the secret of a link, or `public`; empty for people. */
export const link = signal('');

/** How often and after how long what the server had no time for is asked again. */
const patience = [400, 1_500];

export interface Asking {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  signal?: AbortSignal;
  /** Whether it may be asked twice without harm, as all that only reads. */
  again?: boolean;
  /** What the answer is; JSON unless given. */
  as?: 'text' | 'file';
}

/**
 * Asks the server.
 *
 * @returns what the answer says, or the file that it is; undefined if it has no content
 * @throws {Failure} if there is no such answer
 */
export async function request(path: string, asking: Asking = {}): Promise<unknown> {
  const { method = 'GET', again = method === 'GET' } = asking;
  for (let tried = 0; ; tried++) {
    try {
      return await ask(path, method, asking);
    } catch (failure) {
      const pause = again && worthAnother(failure) ? patience[tried] : undefined;
      if (pause === undefined) {
        throw failure;
      }
      await wait(pause, asking.signal);
    }
  }
}

const worthAnother = (failure: unknown) =>
  failure instanceof Failure && (failure.kind === 'busy' || failure.kind === 'offline');

/** What each kind of answer is asked for as. */
const accepted = { json: 'application/json', text: 'text/plain', file: 'text/csv' };

async function ask(path: string, method: string, { body, signal, as }: Asking): Promise<unknown> {
  const answer = await send(path, {
    method,
    headers: {
      Accept: accepted[as ?? 'json'],
      // What is wrong is said as the page speaks, whatever the browser would choose.
      'Accept-Language': language.peek(),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(link.peek() === '' ? {} : { 'Sporlos-Link': link.peek() }),
      ...(method === 'GET' ? {} : { 'Sporlos-Token': token.peek() }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
    credentials: 'same-origin',
    // What was answered is kept by `cache.ts`, which knows for how long it holds.
    cache: 'no-store',
  });
  if (!answer.ok) {
    throw new Failure(kindOf(answer.status), await wordsOf(answer));
  }
  if (answer.status === 204) {
    return undefined;
  }
  switch (as) {
    case 'text':
      return answer.text();
    case 'file':
      return answer.blob();
    default:
      return (await answer.json()) as unknown;
  }
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (failure) {
    if (init.signal?.aborted) {
      throw failure;
    }
    throw new Failure('offline');
  }
}

function kindOf(status: number): FailureKind {
  switch (status) {
    case 401:
      return 'signed-out';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 429:
    case 502:
    case 503:
    case 504:
      return 'busy';
    default:
      return status < 500 ? 'invalid' : 'failed';
  }
}

/** What the server says is wrong: as the query language words it, or as a problem (RFC 9457). */
async function wordsOf(answer: Response): Promise<string> {
  try {
    const said = (await answer.json()) as { error?: unknown; detail?: unknown };
    const words = said.error ?? said.detail;
    return typeof words === 'string' ? words : '';
  } catch {
    // A proxy in between may answer with a page.
    return '';
  }
}

const wait = (pause: number, signal?: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, pause);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('given up', 'AbortError'));
    });
  });
