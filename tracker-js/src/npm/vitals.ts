import { watchVitals } from '../vitals/watchVitals';
import { settings } from './script';

let watching = false;

/**
 * Reports how the page in view and those that follow it loaded, reacted and held still. To be called
 * after `init`, best at once; does nothing before it, and nothing the second time.
 */
export const vitals = () => {
  if (settings.site && !watching) {
    watching = true;
    watchVitals();
  }
};
