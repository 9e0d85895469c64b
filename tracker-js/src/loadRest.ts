import type * as rest from './rest';
import { script } from './script';
import { move } from './watchNavigation';

/**
 * Loads what few pages need, which is a file of its own beside the script, and has it do its work.
 * If it cannot be loaded nothing is kept of a choice, and nobody is told that it was.
 */
export const loadRest = (): unknown =>
  (import(new URL('rest.js', script.src) as unknown as string) as Promise<typeof rest>).then(
    (rest) => rest.run(script, move),
    () => 0,
  );
