import type * as chooser from './choose';
import { script } from './script';

/**
 * Serves an address by which the visitor chooses whether to be counted (`#sporlos-optout`, …).
 *
 * Few ever open one, so what it takes is a file of its own beside the script. If that cannot be
 * loaded nothing is kept, and nobody is told that it was.
 *
 * @returns whether this is such an address
 */
export const offerChoice = (): unknown =>
  script.src &&
  /^#sporlos-(opt(in|out)|own)$/.test(location.hash) &&
  (import(new URL('choose.js', script.src).href) as Promise<typeof chooser>).then(
    ({ choose }) => choose(script),
    () => 0,
  );
