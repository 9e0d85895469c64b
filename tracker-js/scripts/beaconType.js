import { fileURLToPath } from 'node:url';
import { compileFromFile } from 'json-schema-to-typescript';

/** The TypeScript type of a beacon as the contract says it: what `src/beacon.ts` must hold. */
export const beaconType = () =>
  compileFromFile(fileURLToPath(new URL('../../contract/beacon.schema.json', import.meta.url)), {
    // The server ignores keys that it does not know; the tracker has no business sending any.
    additionalProperties: false,
    bannerComment: '// Generated from contract/beacon.schema.json by `npm run generate`.',
    style: { singleQuote: true, printWidth: 100 },
  });
