import { writeFile } from 'node:fs/promises';
import { beaconType } from './beaconType.js';

await writeFile('src/beacon.ts', await beaconType());
