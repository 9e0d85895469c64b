import { script } from './script';
import { startTracker } from './startTracker';

if (location.hash.startsWith('#sporlos-')) {
  // The page was opened to make a choice, and is not counted.
  void import(
    new URL('choose.js?' + (script.dataset.site as unknown as string), script.src) as never
  ).catch(() => 0);
} else if ((document as { prerendering?: boolean }).prerendering) {
  // A prerendered page is not a page view before the visitor opens it.
  document.addEventListener('prerenderingchange', startTracker);
} else {
  startTracker();
}
