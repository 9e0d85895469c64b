import { readFile, writeFile } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { minify } from 'terser';

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

// esbuild leaves a function that is called once where it stands; terser moves it to its caller. One
// pass, since a second one unwraps what keeps the names out of the page.
const { code } = await minify(await readFile(file, 'utf8'), {
  ecma: 2019,
  format: { ascii_only: true },
});
if (!code?.startsWith('(()=>{')) {
  throw new Error(`${file} would leave its names in the page: terser has unwrapped it.`);
}
await writeFile(file, code);

const gzip = gzipSync(code, { level: 9 }).length;
const brotli = brotliCompressSync(code).length;
console.log(
  `${file}: ${String(code.length)} bytes raw, ${String(gzip)} gzip, ${String(brotli)} brotli (budget ${String(budget)} gzip)`,
);

if (process.argv.includes('--within-budget') && gzip > budget) {
  console.error(`${file} is ${String(gzip - budget)} bytes over its budget: make it smaller.`);
  process.exitCode = 1;
}
