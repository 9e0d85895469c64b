import { startTracker } from './startTracker';

// A prerendered page is not a page view before the visitor opens it.
if ((document as { prerendering?: boolean }).prerendering) {
  document.addEventListener('prerenderingchange', startTracker);
} else {
  startTracker();
}
