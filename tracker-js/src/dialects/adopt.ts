import { startTracker } from '../startTracker';
import type { EventOptions } from '../sporlos';

/**
 * The snippet of another product that loaded this script. Null where a page runs it as a module,
 * which says nothing of itself, or where there is our own snippet already.
 */
const element = document.currentScript as HTMLScriptElement | null;

/**
 * Makes of another product's snippet one of ours, which the tracker then finds.
 *
 * The tracker asks for all it needs beside the script, and has to know where that is. A script that
 * has run does not run again when its address changes (HTML standard, "already started").
 *
 * @param site what the product calls the site
 * @param base where our script and the address of beacons are, seen from the script
 */
export const adopt = (
  site: (script: HTMLScriptElement) => string | undefined,
  base: (script: HTMLScriptElement) => string = () => '.',
): HTMLScriptElement | undefined => {
  const name = element?.src && site(element);
  if (!element || !name) {
    return;
  }
  element.dataset.site = name;
  element.src = new URL('s.js', new URL(base(element) + '/', element.src)).href;
  return element;
};

/** Begins to count; pages that are prerendered once they are opened. */
export const start = () => {
  if ((document as { prerendering?: boolean }).prerendering) {
    document.addEventListener('prerenderingchange', startTracker);
  } else {
    startTracker();
  }
};

/** What is said of an event; undefined is left out. */
export type Said = { [Key in keyof EventOptions]?: EventOptions[Key] | undefined };

/** Counts an event, if the tracker has begun. Never throws. */
export const count = (name: string, said: Said = {}) =>
  window.sporlos?.(name, said as EventOptions);

/** What may be a property: a text, a number, yes or no. */
export const plain = (values: unknown): NonNullable<EventOptions['props']> => {
  const props: NonNullable<EventOptions['props']> = {};
  Object.entries((values ?? {}) as Record<string, unknown>)
    .slice(0, 30)
    .forEach(([name, value]) => {
      if (['string', 'number', 'boolean'].includes(typeof value)) {
        props[name] = value as string;
      }
    });
  return props;
};

/** The nearest element about a click that fits, if there is one. */
export const clicked = (event: Event, selector: string): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;

/** The link that a click follows to another website, if it does. */
export const outbound = (event: Event): string | undefined => {
  const link = clicked(event, 'a[href]') as HTMLAnchorElement | null;
  return link?.host && link.host != location.host && link.protocol.startsWith('http')
    ? link.href
    : undefined;
};

/** The file that a click asks for, if it does. */
export const download = (event: Event): string | undefined => {
  const link = clicked(event, 'a[href]') as HTMLAnchorElement | null;
  return link &&
    /\.(7z|avi|csv|dmg|docx?|exe|gz|iso|key|midi?|mov|mp3|mp4|mpe?g|msi|pdf|pkg|pps|pptx?|rar|rtf|tar|txt|wav|wma|wmv|xlsx?|zip)$/i.test(
      link.pathname,
    )
    ? link.origin + link.pathname
    : undefined;
};

/** Calls back on every click that may follow a link. */
export const onClick = (callback: (event: MouseEvent) => void) => {
  ['click', 'auxclick'].forEach((type) => {
    document.addEventListener(type, (event) => {
      const { button } = event as MouseEvent;
      if (button < 2) {
        callback(event as MouseEvent);
      }
    });
  });
};
