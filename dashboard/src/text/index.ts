import { signal } from '@preact/signals';
import { keep, kept } from '../state/kept';
import type { Text } from './en';
import { type Language, languageOf, languages } from './language';

/** The language that is spoken. */
export const language = signal<Language>('en');

const loaders: Record<Language, () => Promise<{ text: Text }>> = {
  en: () => import('./en'),
  da: () => import('./da'),
};

const spoken = signal<Text | null>(null);

/** Whether anything can be said yet. */
export const ready = (): boolean => spoken.value !== null;

/** All that is said, in the language that is spoken. What reads it says it anew in another. */
export function t(): Text {
  if (!spoken.value) {
    throw new Error('nothing can be said before speak() has ended');
  }
  return spoken.value;
}

/** The texts of a part that is loaded when it is shown: `const words = texts({ en, da })`. */
export const texts =
  <T>(dictionaries: Record<Language, T>): (() => T) =>
  () =>
    dictionaries[language.value];

/** Speaks a language from now on. */
export async function speak(chosen: Language): Promise<void> {
  const { text } = await loaders[chosen]();
  language.value = chosen;
  spoken.value = text;
  document.documentElement.lang = chosen;
}

const KEPT = 'sporlos-language';

/** The language that was chosen in this browser; null if none was. */
export function chosenLanguage(): Language | null {
  const chosen = kept(KEPT);
  return languages.find((one) => one === chosen) ?? null;
}

/** Speaks a language, and remembers that in this browser. */
export async function chooseLanguage(chosen: Language): Promise<void> {
  keep(KEPT, chosen);
  await speak(chosen);
}

/** The language to begin with, before it is known who is signed in. */
export const firstLanguage = (): Language => chosenLanguage() ?? languageOf(navigator.languages);
