import { type Language, locales } from './language';

/** Words for one thing and for another number of it. English and Danish know no other forms. */
export interface Forms {
  one: string;
  other: string;
}

/** Chooses the word that goes with a number. */
export function pluralIn(language: Language): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(locales[language]);
  return (count, { one, other }) => (rules.select(count) === 'one' ? one : other);
}

/** Joins names of which one has to be so: `a, b or c`. */
export function listIn(language: Language): (names: string[]) => string {
  const list = new Intl.ListFormat(locales[language], { type: 'disjunction' });
  return (names) => list.format(names);
}
