import { expect, test } from 'vitest';
import {
  choiceOf,
  packageOf,
  pictureOf,
  pinOf,
  snippetOf,
  vitalsOf,
} from '../src/state/snippetLines';

const embedding = {
  server: 'https://stats.example',
  site: 'example.com',
  name: '',
  extras: false,
  vitals: false,
  hash: false,
  pins: null,
};

test('a snippet names the site and nothing that nobody asked for', () => {
  expect(snippetOf(embedding)).toBe(
    '<script defer src="https://stats.example/s.js" data-site="example.com"></script>',
  );
});

test('a snippet says all that was asked for, as the command prints it', () => {
  const pins = { '/s.js': 'sha384-s', '/extras.js': 'sha384-e', '/vitals.js': 'sha384-v' };

  const wanted = { ...embedding, extras: true, vitals: true, hash: true, pins };

  expect(snippetOf(wanted).split('\n')).toEqual([
    '<script defer src="https://stats.example/s.js" data-site="example.com" data-hash="on" integrity="sha384-s" crossorigin="anonymous"></script>',
    '<script defer src="https://stats.example/extras.js" integrity="sha384-e" crossorigin="anonymous"></script>',
    '<script defer src="https://stats.example/vitals.js" data-site="example.com" data-hash="on" integrity="sha384-v" crossorigin="anonymous"></script>',
  ]);
});

test('a snippet names the script as the site chose', () => {
  expect(snippetOf({ ...embedding, name: 'hits' })).toBe(
    '<script defer src="https://stats.example/hits.js" data-site="example.com"></script>',
  );
});

test('what reports vitals is told the name, and the hash, of the tracker beside it', () => {
  expect(vitalsOf({ ...embedding, name: 'hits', hash: true })).toBe(
    '<script defer src="https://stats.example/vitals.js" data-site="example.com" data-hash="on" data-beacon="hits"></script>',
  );
});

test('what counts without scripts, and where visitors choose, are where the script is', () => {
  expect(pictureOf({ ...embedding, name: 'hits' })).toContain(
    'src="https://stats.example/hits.gif?d=example.com"',
  );
  expect(pictureOf(embedding)).toContain('src="https://stats.example/b.gif?d=example.com"');
  expect(choiceOf(embedding)).toBe('https://stats.example/privacy?site=example.com');
});

test('a package brings what reports vitals', () => {
  expect(packageOf({ ...embedding, vitals: true }).split('\n')).toEqual([
    "import { init } from 'sporlos-tracker';",
    "import { vitals } from 'sporlos-tracker/vitals';",
    '',
    "init({ site: 'example.com', server: 'https://stats.example' });",
    'vitals();',
  ]);
});

test('a package is told the same', () => {
  expect(packageOf({ ...embedding, extras: true, hash: true })).toContain(
    "init({ site: 'example.com', server: 'https://stats.example', hash: true, extras: true });",
  );
});

test('a pin is what browsers compute', async () => {
  // From https://www.w3.org/TR/sri-2/, "alert('Hello, world.');".
  expect(await pinOf(new TextEncoder().encode("alert('Hello, world.');").buffer)).toBe(
    'sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO',
  );
});
