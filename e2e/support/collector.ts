import type { IncomingHttpHeaders } from 'node:http';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../contract/beacon.schema.json' with { type: 'json' };
import type { Beacon } from '../../tracker-js/src/beacon';
import { builtScript } from './builtScript';
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
  const scripts = Object.fromEntries(
    ['s.js', 'rest.js', 'extras.js', 'vitals.js', 'consent/cookiebot.js', 'consent/google.js'].map(
      (name) => [`/${name}`, builtScript(name)],
    ),
  );
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
    // As the server does for pages of the site, so that they may read what came with a cookie.
    const readable = {
      'access-control-allow-origin': request.headers.origin ?? '*',
      'access-control-allow-credentials': 'true',
    };
    const script = scripts[new URL(request.url ?? '/', 'http://localhost').pathname];
    if (script) {
      // As the server does for everybody.
      response
        .writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' })
        .end(script);
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
            response.writeHead(failure, readable).end();
          }
          return;
        }
        collector.beacons.push(beacon);
        collector.headers.push(request.headers);
        response.writeHead(202, readable).end();
      });
    } else if (request.url?.startsWith('/privacy?')) {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Your rights');
    } else {
      response.writeHead(404, readable).end();
    }
  });
  collector.origin = `http://127.0.0.1:${port}`;
  collector.stop = stop;
  return collector;
}
