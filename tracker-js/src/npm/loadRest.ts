import { run } from '../rest';
import { move } from '../watchNavigation';
import { script } from './script';

/** Does what few pages need, which in a package is at hand. */
export const loadRest = () => {
  run(script, move);
};
