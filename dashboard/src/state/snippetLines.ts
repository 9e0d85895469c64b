/** What a site has its website embed: where its scripts are, and what they are told. */
export interface Embedded {
  /** Where browsers reach the server, without a slash at the end. */
  server: string;
  site: string;
  /** The name that the site chose for script and beacons; empty for none. */
  name: string;
  hash: boolean;
}

/** The same, with what the website wants of it. */
export interface Embedding extends Embedded {
  extras: boolean;
  vitals: boolean;
  /** By path, what browsers hold the scripts against; null to run them whatever they say. */
  pins: Record<string, string> | null;
}

const extrasPath = '/extras.js';
const vitalsPath = '/vitals.js';

/** The scripts that are embedded, by path. */
export const scriptsOf = ({
  name,
  extras,
  vitals,
}: Pick<Embedding, 'name' | 'extras' | 'vitals'>): string[] => [
  `/${name || 's'}.js`,
  ...(extras ? [extrasPath] : []),
  ...(vitals ? [vitalsPath] : []),
];

/** The lines for the head of a page, as `sporlos site snippet` prints them. */
export const snippetOf = (embedding: Embedding): string =>
  scriptsOf(embedding)
    .map((path) => lineOf(path, embedding, embedding.pins))
    .join('\n');

/** The line of what reports web vitals, for beside a snippet that is there. */
export const vitalsOf = (embedded: Embedded): string => lineOf(vitalsPath, embedded, null);

/** The line that counts where no script runs, for the end of a page. */
export const pictureOf = ({ server, site, name }: Embedded): string =>
  `<noscript><img src="${server}/${name || 'b'}.gif?d=${encodeURIComponent(site)}" alt="" referrerpolicy="no-referrer-when-downgrade"></noscript>`;

/** Where visitors see what is held about them, and choose. */
export const choiceOf = ({ server, site }: Embedded): string =>
  `${server}/privacy?site=${encodeURIComponent(site)}`;

function lineOf(path: string, embedded: Embedded, pins: Embedding['pins']): string {
  const { server, site, name, hash } = embedded;
  const said = path === extrasPath ? '' : ` data-site="${site}"${hash ? ' data-hash="on"' : ''}`;
  // The tracker of that name knows where it reports to; this script is the same for all sites.
  const beacon = path === vitalsPath && name ? ` data-beacon="${name}"` : '';
  const pin = pins ? ` integrity="${pins[path] ?? ''}" crossorigin="anonymous"` : '';
  return `<script defer src="${server}${path}"${said}${beacon}${pin}></script>`;
}

/** The same for a website with a bundler of its own, which takes the package from npm. */
export const packageOf = ({ server, site, extras, vitals, hash }: Embedding): string => {
  const options = [
    `site: '${site}'`,
    `server: '${server}'`,
    ...(hash ? ['hash: true'] : []),
    ...(extras ? ['extras: true'] : []),
  ];
  return [
    `import { init } from 'sporlos-tracker';`,
    ...(vitals ? [`import { vitals } from 'sporlos-tracker/vitals';`] : []),
    '',
    `init({ ${options.join(', ')} });`,
    ...(vitals ? ['vitals();'] : []),
  ].join('\n');
};

/** What browsers hold a script against: https://www.w3.org/TR/sri-2/. */
export async function pinOf(script: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-384', script));
  return `sha384-${btoa(String.fromCharCode(...digest))}`;
}
