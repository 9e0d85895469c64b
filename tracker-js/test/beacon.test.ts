// @vitest-environment node
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import schema from '../../contract/beacon.schema.json';
import { beaconType } from '../scripts/beaconType.js';

describe('beacon', () => {
  const conforms = new Ajv2020().compile(schema);

  it('has a type that says what the contract says', async () => {
    const type = readFileSync(new URL('../src/beacon.ts', import.meta.url), 'utf8');

    expect(type, 'src/beacon.ts is stale: run `npm run generate`').toBe(await beaconType());
  });

  it.each(schema.examples)('has an example that holds: %j', (example) => {
    expect(conforms(example), JSON.stringify(conforms.errors)).toBe(true);
  });

  it.each([
    {},
    { d: 'example.com' },
    { u: 'https://example.com/' },
    { d: 'example.com', u: 'https://example.com/' + 'x'.repeat(2000) },
    { d: 'example.com', u: 'https://example.com/', n: '' },
    { d: 'example.com', u: 'https://example.com/', n: 'x'.repeat(121) },
    { d: 'example.com', u: 'https://example.com/', e: -1 },
    { d: 'example.com', u: 'https://example.com/', e: 1.5 },
    { d: 'example.com', u: 'https://example.com/', sd: -1 },
    { d: 'example.com', u: 'https://example.com/', a: 601 },
    { d: 'example.com', u: 'https://example.com/', i: 'no' },
    { d: 'example.com', u: 'https://example.com/', c: 2 },
    { d: 'example.com', u: 'https://example.com/', b: 1 },
    { d: 'example.com', u: 'https://example.com/', p: { nested: {} } },
    { d: 'example.com', u: 'https://example.com/', $: { amount: 1 } },
    { d: 'example.com', u: 'https://example.com/', $: { amount: 1, currency: 'kr' } },
    { d: 'example.com', u: 'https://example.com/', k: '' },
  ])('refuses %j', (beacon) => {
    expect(conforms(beacon)).toBe(false);
  });
});
