import { readFile, writeFile } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { minify } from 'terser';

/** What is built, from what, and what it may weigh on the wire, in bytes after gzip. */
const files = [
  { file: 'dist/s.js', source: 'src/main.ts', budget: 1_150 },
  { file: 'dist/choose.js', source: 'src/choose.ts', budget: 400 },
  ...['cookiebot', 'cookieinformation', 'usercentrics', 'google'].map((platform) => ({
    file: `dist/consent/${platform}.js`,
    source: `src/consent/${platform}.ts`,
    budget: 400,
  })),
];

for (const { file, source, budget } of files) {
  await pack(file, source);
  weigh(file, budget, await readFile(file));
}

/**
 * Bundles a source into a script of its own.
 * @param {string} file
 * @param {string} source
 */
async function pack(file, source) {
  await build({
    entryPoints: [source],
    outfile: file,
    bundle: true,
    minify: true,
    // choose.js is loaded by import(), and asks where it came from.
    format: file == 'dist/choose.js' ? 'esm' : 'iife',
    target: 'es2020',
    charset: 'ascii',
    legalComments: 'none',
    tsconfigRaw: {},
    logLevel: 'warning',
  });

  // esbuild leaves a function that is called once where it stands; terser moves it to its caller. One
  // pass, since a second one unwraps what keeps the names out of the page.
  const { code } = await minify(await readFile(file, 'utf8'), {
    ecma: 2020,
    format: { ascii_only: true },
  });
  if (!code || (file != 'dist/choose.js' && !code.startsWith('(()=>{'))) {
    throw new Error(`${file} would leave its names in the page: terser has unwrapped it.`);
  }
  await writeFile(file, code);
}

/**
 * Says what a script weighs, and whether that is too much.
 * @param {string} file
 * @param {number} budget
 * @param {Buffer} code
 */
function weigh(file, budget, code) {
  const gzip = gzipSync(code, { level: 9 }).length;
  const brotli = brotliCompressSync(code).length;
  console.log(
    `${file}: ${String(code.length)} bytes raw, ${String(gzip)} gzip, ${String(brotli)} brotli (budget ${String(budget)} gzip)`,
  );

  if (process.argv.includes('--within-budget') && gzip > budget) {
    console.error(`${file} is ${String(gzip - budget)} bytes over its budget: make it smaller.`);
    process.exitCode = 1;
  }
}
