import { readFileSync } from 'node:fs';
import { listen } from './listen';

/** A website whose pages may load packages from npm, as they were published. */
export interface Publishing {
  /** Where a page is that has something in it. */
  page: (content: string, path?: string) => string;
  stop: () => Promise<void>;
}

/** A file of a package, by its path there. */
export function published(name: string): Buffer {
  // Some are written for bundlers, which do without the ends of names.
  const file = name.endsWith('.js') ? name : `${name}.js`;
  return readFileSync(new URL(`../node_modules/${file}`, import.meta.url));
}

/** Starts a website that serves packages under `/packages/`. */
export async function startPublishing(): Promise<Publishing> {
  const contents = new Map<string, string>();
  const { port, stop } = await listen((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const [, name] = /^\/packages\/(.+)$/.exec(pathname) ?? [];
    if (name) {
      response.setHeader('content-type', 'text/javascript').end(published(name));
      return;
    }
    const content = contents.get(searchParams.get('page') ?? '');
    response
      .writeHead(content ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' })
      .end(`<!doctype html><title>A page</title><main>A page</main>${content ?? ''}`);
  });
  return {
    page: (content, path = '/') => {
      const key = String(contents.size);
      contents.set(key, content);
      return `http://localhost:${port}${path}?page=${key}`;
    },
    stop,
  };
}
