import { script } from './script';
import { startTracker } from './startTracker';

if (script as HTMLScriptElement | null) {
  // A page that is prerendered is not viewed before the visitor opens it.
  if ((document as { prerendering?: boolean }).prerendering) {
    document.addEventListener('prerenderingchange', startTracker);
  } else {
    startTracker();
  }
}
