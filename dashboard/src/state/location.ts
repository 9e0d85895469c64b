import { signal } from '@preact/signals';
import { mayLeave } from './leaving';

/** Where the browser is within the dashboard. */
export interface Here {
  path: string;
  /** With its question mark; empty if there is none. */
  search: string;
}

const now = (): Here => ({ path: location.pathname, search: location.search });

/** Where the browser is; back and forward change it, too. */
export const here = signal<Here>(now());

addEventListener('popstate', () => {
  const { path, search } = here.peek();
  if (location.pathname !== path && !mayLeave()) {
    history.pushState(null, '', path + search);
    return;
  }
  here.value = now();
});

/**
 * Goes to an address of the dashboard. `replace` leaves no way back to the present one; `anyway`
 * does not ask whether what is not saved may be left.
 */
export function go(address: string, { replace = false, anyway = false } = {}): void {
  const before = here.peek();
  const target = new URL(address, location.href);
  if (target.pathname === before.path && target.search === before.search) {
    return;
  }
  if (target.pathname !== before.path && !anyway && !mayLeave()) {
    return;
  }
  const kept: unknown = replace ? history.state : null;
  history[replace ? 'replaceState' : 'pushState'](kept, '', target.pathname + target.search);
  here.value = now();
  if (target.pathname !== before.path) {
    scrollTo(0, 0);
  }
}

/** Makes links within the dashboard change what is shown rather than load the page again. */
export function followLinks(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (
      link &&
      plain &&
      event.button === 0 &&
      !event.defaultPrevented &&
      !link.target &&
      !link.hasAttribute('download') &&
      link.origin === location.origin &&
      !link.hash &&
      (/^\/(?:sites|people|groups)(?:\/|$)/.test(link.pathname) ||
        link.pathname === location.pathname)
    ) {
      event.preventDefault();
      go(link.pathname + link.search);
    }
  });
}
