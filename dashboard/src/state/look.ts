import { signal } from '@preact/signals';
import { keep, kept } from './kept';

/** Whether the page is light or dark; `auto` as the device has it. */
export const looks = ['auto', 'light', 'dark'] as const;

export type Look = (typeof looks)[number];

const KEPT = 'sporlos-look';

/** What was chosen in this browser. */
export const look = signal<Look>(looks.find((one) => one === kept(KEPT)) ?? 'auto');

function apply(chosen: Look): void {
  if (chosen === 'auto') {
    delete document.documentElement.dataset.look;
  } else {
    document.documentElement.dataset.look = chosen;
  }
}

/** Chooses how the page looks, and remembers it in this browser. */
export function chooseLook(chosen: Look): void {
  keep(KEPT, chosen);
  look.value = chosen;
  apply(chosen);
}

apply(look.value);

/** Changes when colours do: what draws by itself reads them anew. */
export const colours = signal(0);

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => colours.value++);
look.subscribe(() => (colours.value = colours.peek() + 1));
