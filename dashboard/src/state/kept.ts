/*
 * What is remembered in this browser. In a frame of another website, and in some private windows,
 * browsers lend pages no memory: what is chosen there holds until the page is closed.
 */

/** What is remembered under a name; null if nothing is. */
export function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Remembers something under a name, if the browser does. */
export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // It still holds for as long as the page is open.
  }
}
