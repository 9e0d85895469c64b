import { readFile, readdir, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

/*
 * Packs what was built for the server: a compressed copy beside each file,
 * and the list of all. Says what each view loads, and whether that is too much.
 */

/**
 * What may be loaded before a view is drawn, in bytes of script after gzip. Each names the modules
 * that it loads beside those of the first view.
 * @type {{ view: string, modules: string[], budget: number }[]}
 */
const budgets = [
  { view: 'first view', modules: ['src/text/da.ts'], budget: 70_000 },
  {
    view: 'first view with the map',
    modules: ['src/text/da.ts', 'src/panels/PlaceMap.tsx'],
    budget: 90_000,
  },
];

const compressible = /\.(?:js|css|svg|json|md)$/;
const dist = new URL('../dist/', import.meta.url);

/** @typedef {{ file: string, imports?: string[], dynamicImports?: string[], isEntry?: boolean }} Chunk */
const manifest = parsed(await readFile(new URL('manifest.json', dist), 'utf8'));

/** @type {Map<string, number>} */
const sizes = new Map();
const names = (await readdir(new URL('app/', dist))).filter((name) => !name.endsWith('.gz')).sort();
for (const name of names) {
  await pack(name);
}
await writeFile(new URL('files.txt', dist), names.map((name) => `${name}\n`).join(''));

for (const { view, modules, budget } of budgets) {
  weigh(view, modules, budget);
}

/**
 * What Vite wrote: each module that became a file, by its path.
 * @param {string} text
 * @returns {Record<string, Chunk>}
 */
function parsed(text) {
  const manifest = /** @type {unknown} */ (JSON.parse(text));
  return /** @type {Record<string, Chunk>} */ (manifest);
}

/**
 * Writes a compressed copy beside a file of text.
 * @param {string} name
 */
async function pack(name) {
  const file = new URL(`app/${name}`, dist);
  const content = await readFile(file);
  const gzip = gzipSync(content, { level: 9 });
  sizes.set(`app/${name}`, gzip.length);
  if (compressible.test(name)) {
    await writeFile(new URL(`app/${name}.gz`, dist), gzip);
  }
  console.log(`app/${name}: ${content.length} bytes raw, ${gzip.length} gzip`);
}

/**
 * Adds up the scripts of a view.
 * @param {string} view
 * @param {string[]} modules
 * @param {number} budget
 */
function weigh(view, modules, budget) {
  const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
  /** @type {Set<string>} */
  const files = new Set();
  /** @param {string} key */
  const add = (key) => {
    const chunk = manifest[key];
    if (!chunk) {
      throw new Error(`There is no ${key} in dist/manifest.json: is it loaded by import()?`);
    }
    files.add(chunk.file);
    chunk.imports?.forEach(add);
  };
  [...entries, ...modules].forEach(add);
  const gzip = [...files].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
  console.log(`${view}: ${gzip} bytes gzip of script in ${files.size} files (budget ${budget})`);
  if (process.argv.includes('--within-budget') && gzip > budget) {
    console.error(`The ${view} is ${gzip - budget} bytes over its budget: make it smaller.`);
    process.exitCode = 1;
  }
}
