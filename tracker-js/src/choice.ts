/**
 * What the visitor chose on this website, by an address that choose.ts knows: `optout` or `own` to
 * not be counted, undefined for nothing.
 */
export let choice: unknown;

try {
  choice = localStorage.sporlos;
} catch {
  // Some browsers throw where storage is blocked: nothing was chosen.
}
