/*
 * Keeps a choice on the website's own origin, where the tracker finds it, since a cookie of the
 * collector would not reach it from here. `#sporlos-optout` and `#sporlos-own` are not counted any
 * more, `#sporlos-optin` takes that back. Then it goes to the page about the visitor's rights, which
 * confirms the choice.
 *
 * The way leads to where this script came from and nowhere else: nothing of the page's address says
 * where to go. Whoever opens such an address excludes nobody but themselves.
 */
const choice = location.hash.slice('#sporlos-'.length);
const known = ['optout', 'own', 'optin'].includes(choice);
let stored = 'no';
try {
  if (choice == 'optin') {
    localStorage.removeItem('sporlos');
  } else if (known) {
    localStorage.sporlos = choice;
  }
  stored = known ? choice : 'no';
} catch {
  // Storage is blocked or full, and the page must not confirm what was not kept.
}
const here = new URL(import.meta.url);
location.replace(new URL(`privacy?site=${here.search.slice(1)}&stored=${stored}`, here));

export {};
