import { readFile, writeFile } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minify } from 'terser';

/** For scripts that are the same for all sites: the snippet says where they report to. */
const named = { './endpoint': './dialects/endpoint' };

/**
 * What is built, from what, and what it may weigh on the wire, in bytes after gzip; as it is it may
 * weigh twice that, after brotli nine tenths. What is loaded by import() stays a module.
 *
 * @type {{ file: string, source: string, budget: number, raw?: number, module?: boolean, instead?: Record<string, string> }[]}
 */
const files = [
  { file: 'dist/s.js', source: 'src/main.ts', budget: 1_000 },
  { file: 'dist/rest.js', source: 'src/rest.ts', budget: 550, module: true },
  { file: 'dist/extras.js', source: 'src/extras/main.ts', budget: 600 },
  // All but 500 of them are the library's.
  {
    file: 'dist/vitals.js',
    source: 'src/vitals/main.ts',
    budget: 3_900,
    raw: 10_200,
    instead: named,
  },
  ...['cookiebot', 'cookieinformation', 'usercentrics', 'google'].map((platform) => ({
    file: `dist/consent/${platform}.js`,
    source: `src/consent/${platform}.ts`,
    budget: platform == 'usercentrics' ? 450 : 300,
  })),
  // The tracker itself is within them.
  ...['plausible', 'umami', 'matomo', 'goatcounter'].map((dialect) => ({
    file: `dist/dialects/${dialect}.js`,
    source: `src/dialects/${dialect}.ts`,
    budget: 2_150,
    instead: named,
  })),
];

for (const { file, source, budget, raw = budget * 2, module = false, instead = {} } of files) {
  await pack(file, source, module, instead);
  weigh(file, budget, raw, await readFile(file));
}

/**
 * Bundles a source into a script of its own.
 * @param {string} file
 * @param {string} source
 * @param {boolean} module
 * @param {Record<string, string>} instead what stands for which import of the core, seen from src
 */
async function pack(file, source, module, instead) {
  await build({
    entryPoints: [source],
    outfile: file,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2020',
    charset: 'ascii',
    legalComments: 'none',
    tsconfigRaw: {},
    logLevel: 'warning',
    plugins: [
      {
        name: 'instead',
        setup: (bundling) => {
          bundling.onResolve({ filter: /^\.\// }, ({ path, kind }) =>
            instead[path] && kind == 'import-statement'
              ? { path: fileURLToPath(new URL(`../src/${instead[path]}.ts`, import.meta.url)) }
              : undefined,
          );
        },
      },
    ],
  });

  // esbuild leaves a function that is called once where it stands; terser moves it to its caller.
  const { code } = await minify(await readFile(file, 'utf8'), {
    ecma: 2020,
    module: true,
    compress: { passes: 3 },
    format: { ascii_only: true },
  });
  await writeFile(file, module ? String(code) : enclose(String(code)));
}

/**
 * Keeps the names of a script out of the page, which terser would undo. A block takes six bytes less
 * than a function, but `var` and `function` leave it; all that is in front of a script is one `var`.
 * @param {string} code
 */
function enclose(code) {
  const enclosed = code.replace(/^var /, 'let ').replace(/;$/, '');
  return /\b(?:var|function)\b/.test(enclosed) ? `(()=>{${enclosed}})();` : `{${enclosed}}`;
}

/**
 * Says what a script weighs, and whether that is too much.
 * @param {string} file
 * @param {number} budget
 * @param {number} raw
 * @param {Buffer} code
 */
function weigh(file, budget, raw, code) {
  const sizes = [
    { as: 'raw', bytes: code.length, most: raw },
    { as: 'gzip', bytes: gzipSync(code, { level: 9 }).length, most: budget },
    { as: 'brotli', bytes: brotliCompressSync(code).length, most: budget * 0.9 },
  ];
  const said = sizes.map(({ as, bytes, most }) => `${String(bytes)} of ${String(most)} ${as}`);
  console.log(`${file}: bytes ${said.join(', ')}`);

  for (const { as, bytes, most } of sizes) {
    if (process.argv.includes('--within-budget') && bytes > most) {
      console.error(`${file} (${as}) is ${String(bytes - most)} bytes too large: make it smaller.`);
      process.exitCode = 1;
    }
  }
}
