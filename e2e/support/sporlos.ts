import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { listen } from './listen';

/** A running server, started from the jar as its operator would. */
export interface Sporlos {
  /** Where it takes beacons and answers queries. */
  origin: string;
  /** Runs a command beside the server and returns what it prints. */
  command: (...words: string[]) => Promise<string>;
  /** What it answers at a path of its management port. */
  manage: (path: string) => Promise<string>;
  /** What it has printed so far, results and log. */
  output: () => string;
  stop: () => Promise<void>;
}

/** The environment without our own variables: those of that prefix are taken for settings. */
const surroundings = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('SPORLOS_')),
);

/** How long a first start may take: it unpacks PostgreSQL and creates a database. */
const patience = 90_000;

/** How a server is started, beyond where its data are. */
export interface Start {
  settings?: string[];
  /** Added to the environment. */
  environment?: Record<string, string>;
  /** Where it listens; a free one if nothing is said. */
  port?: number;
}

/** Starts a server that keeps its data in that directory, and waits until it is ready. */
export async function startSporlos(
  data: string,
  { settings = [], environment = {}, port }: Start = {},
): Promise<Sporlos> {
  const jar = findJar();
  const where = `127.0.0.1:${port ?? (await freePort())}`;
  const management = `127.0.0.1:${await freePort()}`;

  const server = spawn(
    'java',
    [
      ...['-jar', jar, 'serve', '--data', data, '--listen', where, '--management', management],
      ...settings,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...surroundings, ...environment } },
  );
  let said = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => (said += part));
  }
  const ended = new Promise<void>((resolve) => {
    server.once('error', (error) => {
      said += String(error);
      resolve();
    });
    server.once('exit', () => {
      resolve();
    });
  });
  // A test runner that is interrupted must not leave a database running.
  process.once('exit', () => server.kill());
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
  };

  const ready = untilReady(`http://${management}/health/ready`);
  const outcome = await Promise.race([ready, ended.then(() => 'it ended')]);
  if (outcome !== 'ready') {
    await stop();
    throw new Error(`The server did not become ready: ${outcome}. It said:\n${said}`);
  }
  return {
    origin: `http://${where}`,
    command: async (...words) => {
      const { stdout } = await promisify(execFile)(
        'java',
        ['-jar', jar, ...words, '--data', data],
        {
          env: surroundings,
        },
      );
      return stdout;
    },
    manage: async (path) => (await fetch(`http://${management}${path}`)).text(),
    output: () => said,
    stop,
  };
}

/** Where the program is. */
export function findJar(): string {
  const besides = fileURLToPath(new URL('../../target/sporlos.jar', import.meta.url));
  const jar = resolve(process.env.SPORLOS_JAR ?? besides);
  if (!existsSync(jar)) {
    throw new Error(
      `${jar} is not there: build it with \`mvn package\`, or name another by SPORLOS_JAR.`,
    );
  }
  return jar;
}

async function untilReady(address: string): Promise<string> {
  const end = Date.now() + patience;
  let last = 'nobody answered';
  while (Date.now() < end) {
    try {
      const answer = await fetch(address);
      if (answer.ok) {
        return 'ready';
      }
      last = `${address} answered ${answer.status}`;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return last;
}

/** A port of this machine on which nobody listens. */
export async function freePort(): Promise<number> {
  const { port, stop } = await listen(() => undefined);
  await stop();
  return port;
}
