import { readFile } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** What the core may weigh on the wire, in bytes after gzip. */
const budget = 1_000;

const file = 'dist/s.js';

await build({
  entryPoints: ['src/main.ts'],
  outfile: file,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2019',
  charset: 'ascii',
  legalComments: 'none',
  tsconfigRaw: {},
  logLevel: 'warning',
});

const script = await readFile(file);
const gzip = gzipSync(script, { level: 9 }).length;
const brotli = brotliCompressSync(script).length;
console.log(
  `${file}: ${String(script.length)} bytes raw, ${String(gzip)} gzip, ${String(brotli)} brotli (budget ${String(budget)} gzip)`,
);

if (process.argv.includes('--within-budget') && gzip > budget) {
  console.error(`${file} is ${String(gzip - budget)} bytes over its budget: make it smaller.`);
  process.exitCode = 1;
}
