import { type Metric, onCLS, onINP, onLCP, onTTFB } from 'web-vitals';
import { settings } from '../script';
import { type Content, send } from '../send';

/**
 * Reports how a page loaded, reacted and held still, once it is hidden: all in one beacon, which names
 * no visit. Each figure is told once; what it comes to in a tab that is shown again is not.
 *
 * A page that comes back from the back/forward cache is a view of its own. So is one that a
 * single-page application shows, where the browser tells of those (Soft Navigations API); elsewhere
 * all that happens in a document is of the page it was loaded with.
 */
export const watchVitals = () => {
  let loaded = location.href;

  /** What is still to be told, by view. */
  const views = new Map<string, Content>();

  /** The figures that were heard of for good. */
  const told = new Set<string>();

  const note = ({ name, value, id, navigationType, navigationId, navigationURL }: Metric) => {
    const soft = navigationType == 'soft-navigation';
    if (told.has(id) || (soft && name == 'TTFB')) {
      return; // nothing was waited for
    }
    told.add(id);
    const key = navigationType + String(navigationId);
    // Up, so that no figure gets into a better class than it belongs to: these begin above a bound.
    const precision = name == 'CLS' ? 1000 : 1;
    views.set(key, {
      u: address((soft && navigationURL) || loaded),
      ...views.get(key),
      [name.toLowerCase()]: Math.ceil(value * precision) / precision,
    });
  };

  // Captured, and before the library, which speaks of it at once.
  addEventListener(
    'pageshow',
    (event) => {
      if (event.persisted) {
        loaded = location.href;
      }
    },
    true,
  );
  for (const on of [onLCP, onINP, onCLS, onTTFB]) {
    on(note, { reportSoftNavs: true });
  }
  // The library hears of it first, while the event is captured.
  addEventListener('visibilitychange', () => {
    if (document.visibilityState == 'hidden') {
      for (const content of views.values()) {
        send({ n: 'vitals', ...content });
      }
      views.clear();
    }
  });
};

/**
 * A page as it may leave the browser: origin and path, since nothing else of it is counted here. Empty
 * for files on the visitor's own disk.
 */
const address = (url: string) => {
  const { host, origin, pathname, hash } = new URL(url);
  return (
    host && (origin + pathname + (settings.hash ? hash.replace(/\?.*/, '') : '')).slice(0, 2000)
  );
};
