import { readFileSync } from 'node:fs';
import { listen } from './listen';

/** A website that embeds the snippet: the pages of `pages/`. */
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
  forbidding: (collector) => `default-src 'none'; script-src ${collector}`,
};

/** Starts a website whose pages embed the tracker of that collector. */
export async function startWebsite(collector: string, site = 'example.com'): Promise<Website> {
  const snippet = `<script defer src="${collector}/s.js" data-site="${site}"></script>`;
  const { port, stop } = await listen((request, response) => {
    const [, name] = /^\/(\w*)/.exec(request.url ?? '') ?? [];
    try {
      const page = readFileSync(
        new URL(`../pages/${name === '' || !name ? 'index' : name}.html`, import.meta.url),
        'utf8',
      );
      const policy = policies[name ?? '']?.(collector);
      response.setHeader('content-type', 'text/html; charset=utf-8');
      if (policy) {
        response.setHeader('content-security-policy', policy);
      }
      response.end(
        page.replace('<!-- snippet -->', snippet).replaceAll('https://collector', collector),
      );
    } catch {
      response.writeHead(404).end();
    }
  });
  return { origin: `http://localhost:${port}`, elsewhere: `http://127.0.0.1:${port}`, stop };
}
