import { readFile, writeFile } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { minify } from 'terser';

/**
 * What is built, from what, and what it may weigh on the wire, in bytes after gzip. What is loaded by
 * import() stays a module.
 */
const files = [
  { file: 'dist/s.js', source: 'src/main.ts', budget: 1_200 },
  { file: 'dist/choose.js', source: 'src/choose.ts', budget: 250, module: true },
  ...['cookiebot', 'cookieinformation', 'usercentrics', 'google'].map((platform) => ({
    file: `dist/consent/${platform}.js`,
    source: `src/consent/${platform}.ts`,
    budget: platform == 'usercentrics' ? 450 : 300,
  })),
];

for (const { file, source, budget, module = false } of files) {
  await pack(file, source, module);
  weigh(file, budget, await readFile(file));
}

/**
 * Bundles a source into a script of its own.
 * @param {string} file
 * @param {string} source
 * @param {boolean} module
 */
async function pack(file, source, module) {
  await build({
    entryPoints: [source],
    outfile: file,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2019',
    charset: 'ascii',
    legalComments: 'none',
    tsconfigRaw: {},
    logLevel: 'warning',
  });

  // esbuild leaves a function that is called once where it stands; terser moves it to its caller.
  const { code } = await minify(await readFile(file, 'utf8'), {
    ecma: 2019,
    module: true,
    compress: { passes: 3 },
    format: { ascii_only: true },
  });
  // A function around a script keeps its names out of the page; terser would unwrap it.
  await writeFile(file, module ? String(code) : `(()=>{${String(code).replace(/;$/, '')}})();`);
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
