import { settings } from '../script';

/**
 * Where beacons go, beside our script: scripts of other products, and what reports vitals, are the
 * same for all sites, so the snippet says the name that its site chose, in `data-beacon`.
 */
export const endpoint = (settings as typeof settings | undefined)?.beacon ?? 'b';
