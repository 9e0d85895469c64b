import { signal } from '@preact/signals';

/** Names of regions by their codes; null until somebody needs one, for they are many. */
const names = signal<Map<string, string> | null>(null);

let loading = false;

function load(): void {
  if (!loading) {
    loading = true;
    void import('./subdivisions').then(
      ({ subdivisions }) => (names.value = subdivisions),
      // Codes are shown in their place; the next one that is needed tries again.
      () => (loading = false),
    );
  }
}

/** The name of a region by its code of ISO 3166-2, in its country's own language; the code until it is known. */
export function region(code: string): string {
  const known = names.value;
  if (!known) {
    load();
  }
  return known?.get(code) ?? code;
}
