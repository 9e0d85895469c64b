import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { builtScript } from './builtScript';
import { listen } from './listen';
import { published } from './packages';

/** A website that embeds the snippet: the pages of `pages/`, each at all paths below its name. */
export interface Website {
  /** Where visitors find it: another site than the collector's. */
  origin: string;
  /** The same pages under another name, for pages that link from elsewhere. */
  elsewhere: string;
  stop: () => Promise<void>;
}

/** Pages that come with a Content Security Policy. */
const policies: Record<string, (collector: string) => string> = {
  // What the tracker's documentation asks for, and nothing else.
  strict: (collector) =>
    `default-src 'none'; script-src ${collector}; connect-src ${collector}; require-trusted-types-for 'script'`,
  nonce: (collector) =>
    `default-src 'none'; script-src 'nonce-abc'; connect-src ${collector}; require-trusted-types-for 'script'`,
  extras: (collector) =>
    `default-src 'none'; script-src ${collector} 'nonce-abc'; connect-src ${collector}; require-trusted-types-for 'script'`,
  forbidding: (collector) => `default-src 'none'; script-src ${collector}`,
};

/** Starts a website whose pages embed the tracker of that collector. */
export async function startWebsite(collector: string, site = 'example.com'): Promise<Website> {
  const snippet = `<script defer src="${collector}/s.js" data-site="${site}"></script>`;
  const extras = `sha384-${createHash('sha384').update(builtScript('extras.js')).digest('base64')}`;
  const { port, stop } = await listen((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const [, name] = /^\/(\w*)/.exec(pathname) ?? [];
    try {
      if (name === 'packages') {
        response.setHeader('content-type', 'text/javascript');
        response.end(published(pathname.slice('/packages/'.length)));
        return;
      }
      if (pathname === '/turbo/old') {
        response.writeHead(302, { location: '/turbo/new' }).end();
        return;
      }
      const page = readFileSync(
        new URL(`../pages/${name === '' || !name ? 'index' : name}.html`, import.meta.url),
        'utf8',
      );
      const policy = policies[name ?? '']?.(collector);
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.statusCode = name === 'missing' ? 404 : 200;
      if (policy) {
        response.setHeader('content-security-policy', policy);
      }
      response.end(
        page
          .replace('<!-- snippet -->', snippet)
          .replaceAll('https://collector', collector)
          .replaceAll('sha384-of-extras', extras),
      );
    } catch {
      response.writeHead(404).end();
    }
  });
  return { origin: `http://localhost:${port}`, elsewhere: `http://127.0.0.1:${port}`, stop };
}
