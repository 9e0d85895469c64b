import { defineConfig } from 'vite';

/** Where `npm start` finds a server that answers: `java -jar ../target/sporlos.jar demo`. */
const server = process.env.SPORLOS_SERVER ?? 'http://127.0.0.1:8080';

/** What the server answers itself; all else is the dashboard's. */
const answered = ['/api', '/account', '/sign-in', '/sign-out', '/link', '/page.css', '/privacy'];

export default defineConfig({
  base: '/',
  build: {
    outDir: 'dist',
    assetsDir: 'app',
    target: 'es2022',
    // The page loads nothing that it does not name, so there is nothing to inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: 'manifest.json',
    reportCompressedSize: false,
    license: { fileName: 'app/licences.md' },
  },
  server: {
    proxy: Object.fromEntries(answered.map((path) => [path, { target: server }])),
  },
});
