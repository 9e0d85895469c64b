import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/*
 * Builds the package sporlos-tracker into lib/: the code of s.js and extras.js as a module that a
 * website's own bundler takes, that of vitals.js as a second one, and their types. What a snippet would say comes from `init` there, and
 * nothing is loaded later, so two files are replaced.
 */
await rm('lib', { recursive: true, force: true });
await build({
  entryPoints: ['src/npm/index.ts', 'src/npm/vitals.ts'],
  outdir: 'lib',
  bundle: true,
  splitting: true,
  chunkNames: 'common-[hash]',
  format: 'esm',
  target: 'es2020',
  tsconfigRaw: {},
  logLevel: 'warning',
  plugins: [
    {
      name: 'without a snippet',
      setup: (bundling) => {
        bundling.onResolve({ filter: /^\.\.?\/(script|loadRest)$/ }, ({ path }) => ({
          path: fileURLToPath(
            new URL(`../src/npm/${path.replace(/.*\//, '')}.ts`, import.meta.url),
          ),
        }));
      },
    },
  ],
});

// The types of the entries; what they name from other files comes along.
execFileSync('npx', ['tsc', '-p', 'tsconfig.package.json'], { stdio: 'inherit' });
for (const entry of ['index', 'vitals']) {
  await writeFile(`lib/${entry}.d.ts`, `export * from './types/npm/${entry}.js';\n`);
}
