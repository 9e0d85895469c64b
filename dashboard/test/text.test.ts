import { describe, expect, test } from 'vitest';
import { text as da } from '../src/text/da';
import { text as en } from '../src/text/en';
import { languageOf } from '../src/text/language';

interface Dictionaries {
  dictionaries: { en: object; da: object };
}

/** Those of the pages that are loaded when they are shown, by their file. */
const ofPages = Object.entries(
  import.meta.glob<Dictionaries>('../src/pages/**/*Text.ts', { eager: true }),
).map(
  ([file, { dictionaries }]) =>
    [file, dictionaries.en, dictionaries.da] as [string, object, object],
);

/** All that a dictionary says, by where it stands. */
function said(dictionary: object, path = ''): Map<string, unknown> {
  const all = new Map<string, unknown>();
  for (const [key, value] of Object.entries(dictionary) as [string, unknown][]) {
    const at = path ? `${path}.${key}` : key;
    if (typeof value === 'object' && value !== null) {
      said(value, at).forEach((one, where) => all.set(where, one));
    } else {
      all.set(at, value);
    }
  }
  return all;
}

/** What is the same in both languages. */
const shared = /^(title|languages\..*|localhost\.help|people\.admin)$/;

describe.each<[string, object, object]>([['the dashboard', en, da], ...ofPages])(
  'the words of %s',
  (_, english, danish) => {
    test('are there in both languages, and no others', () => {
      // What the server names in English needs no word in English.
      const keys = (dictionary: object) =>
        [...said(dictionary).keys()].filter((key) => !key.startsWith('values.')).sort();

      expect(keys(danish)).toEqual(keys(english));
    });

    test('say something', () => {
      for (const [where, words] of [...said(english), ...said(danish)]) {
        expect(typeof words === 'function' || String(words).trim(), where).toBeTruthy();
      }
    });

    test('are not left in English', () => {
      const left = [...said(danish)].filter(
        ([where, words]) =>
          typeof words === 'string' &&
          words.length > 12 &&
          words === said(english).get(where) &&
          !shared.test(where),
      );
      expect(left).toEqual([]);
    });
  },
);

describe('the language', () => {
  test('is the first of those that a browser wants and that we speak', () => {
    expect(languageOf(['nb-NO', 'da-DK', 'en'])).toBe('da');
    expect(languageOf(['DA'])).toBe('da');
    expect(languageOf(['fr'])).toBe('en');
    expect(languageOf([])).toBe('en');
  });
});
