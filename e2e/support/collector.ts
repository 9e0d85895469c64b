import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../contract/beacon.schema.json' with { type: 'json' };
import type { Beacon } from '../../tracker-js/src/beacon';
import { listen } from './listen';

/** A stand-in for the server: hands out the tracker and remembers what it sends. */
export interface Collector {
  origin: string;
  /** What has arrived, in order. Each is held against the contract on arrival. */
  beacons: (Beacon & { n: string })[];
  /** The headers that came with them. */
  headers: IncomingHttpHeaders[];
  /** Methods and paths of all that was asked for. */
  requests: string[];
  /** What to do with the next beacons instead of taking them: hang up, or answer with a status. */
  failing: ('hang up' | number)[];
  /** Those that it did not take. */
  lost: Beacon[];
  stop: () => Promise<void>;
}

const conforms = new Ajv2020().compile<Collector['beacons'][number]>(schema);

/** Starts a collector that serves the tracker as it was built. */
export async function startCollector(): Promise<Collector> {
  const tracker = readTracker();
  const collector: Collector = {
    origin: '',
    beacons: [],
    headers: [],
    requests: [],
    failing: [],
    lost: [],
    stop: () => Promise.resolve(),
  };

  const { port, stop } = await listen((request, response) => {
    collector.requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    if (request.url === '/s.js') {
      response.setHeader('content-type', 'text/javascript').end(tracker);
    } else if (request.method === 'POST' && request.url === '/b') {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (part: string) => (body += part));
      request.on('end', () => {
        const beacon: unknown = JSON.parse(body);
        if (!conforms(beacon)) {
          throw new Error(`not a beacon: ${body} ${JSON.stringify(conforms.errors)}`);
        }
        const failure = collector.failing.shift();
        if (failure) {
          collector.lost.push(beacon);
          if (failure === 'hang up') {
            request.socket.destroy();
          } else {
            response.writeHead(failure, { 'access-control-allow-origin': '*' }).end();
          }
          return;
        }
        collector.beacons.push(beacon);
        collector.headers.push(request.headers);
        response.writeHead(202, { 'access-control-allow-origin': '*' }).end();
      });
    } else {
      response.writeHead(404, { 'access-control-allow-origin': '*' }).end();
    }
  });
  collector.origin = `http://127.0.0.1:${port}`;
  collector.stop = stop;
  return collector;
}

function readTracker(): Buffer {
  const file = new URL('../../tracker-js/dist/s.js', import.meta.url);
  try {
    return readFileSync(file);
  } catch {
    throw new Error(
      `${file.pathname} is not there: build it with \`npm ci && npm run build\` in tracker-js.`,
    );
  }
}
