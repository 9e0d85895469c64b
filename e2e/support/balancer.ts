import { request as ask } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listen } from './listen';

/** A load balancer before a server, that writes down what browsers send. */
export interface Balancer {
  origin: string;
  /** All that was sent, headers and bodies. */
  heard: () => string;
  stop: () => Promise<void>;
}

/**
 * Starts a load balancer before a server.
 *
 * @param address from where it says that all requests come
 */
export async function startBalancer(server: string, address: string): Promise<Balancer> {
  const heard: string[] = [];
  const { port, stop } = await listen((request, response) => {
    const headers = [...request.rawHeaders, 'X-Forwarded-For', address];
    void buffer(request).then((body) => {
      heard.push(`${request.method ?? ''} ${request.url ?? ''}`, ...headers, body.toString());
      ask(server + (request.url ?? '/'), { method: request.method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      })
        .on('error', () => response.destroy())
        .end(body);
    });
  });
  return { origin: `http://localhost:${port}`, heard: () => heard.join('\n'), stop };
}
