import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../support/test';

const source = fileURLToPath(new URL('../../tracker-js', import.meta.url));
const tool = (name: string) => join(source, 'node_modules/.bin', name);

/** A website's own code, as its developers write it. */
const code = (server: string) => `
import { consent, event, init, pageview, type EventOptions } from 'sporlos-tracker';

const bought: EventOptions = { props: { plan: 'yearly' }, revenue: { amount: 9.5, currency: 'DKK' } };
event('Too early');
init({ site: 'example.com', server: '${server}', extras: true });
init({ site: 'example.com', server: '${server}' });
event('Bought', bought);
consent(true);
pageview();
`;

test('the packed package is type-checked, bundled and counts in a browser', async ({
  page,
  collector,
  website,
}, testInfo) => {
  testInfo.setTimeout(120_000);
  const consumer = testInfo.outputPath('consumer');
  mkdirSync(join(consumer, 'node_modules'), { recursive: true });
  execFileSync('node', ['scripts/package.js'], { cwd: source });
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', consumer], {
    cwd: source,
    encoding: 'utf8',
  }).trim();
  execFileSync('tar', ['xzf', packed], { cwd: consumer });
  execFileSync('mv', ['package', 'node_modules/sporlos-tracker'], { cwd: consumer });
  writeFileSync(join(consumer, 'site.ts'), code(collector.origin));

  // The types hold for those who check libraries as well.
  writeFileSync(
    join(consumer, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        module: 'esnext',
        moduleResolution: 'bundler',
        target: 'es2022',
        lib: ['es2022', 'dom', 'dom.iterable'],
        types: [],
      },
      files: ['site.ts'],
    }),
  );
  execFileSync(tool('tsc'), ['-p', '.'], { cwd: consumer, stdio: 'inherit' });
  execFileSync(tool('esbuild'), ['site.ts', '--bundle', '--minify', '--outfile=site.js'], {
    cwd: consumer,
  });
  // Where pages are rendered on a server there is no window.
  execFileSync(
    'node',
    ['--input-type=module', '-e', code(collector.origin).replace(/, type \w+|: EventOptions/g, '')],
    {
      cwd: consumer,
    },
  );
  expect(collector.beacons).toEqual([]);

  await page.goto(`${website.origin}/linking?to=/second`);
  await page.addScriptTag({ content: readFileSync(join(consumer, 'site.js'), 'utf8') });

  // They travel side by side.
  await expect
    .poll(() =>
      collector.beacons.map(({ n, d, u, c }) => `${n} ${d} ${new URL(u).pathname} ${c}`).sort(),
    )
    .toEqual([
      'Bought example.com /linking undefined',
      'engagement example.com /linking 1',
      'pageview example.com /linking undefined',
      'pageview example.com /linking undefined',
    ]);
});
