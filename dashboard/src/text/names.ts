import { language } from './index';
import { locales } from './language';

const named = (type: Intl.DisplayNamesType, code: string): string => {
  try {
    return (
      new Intl.DisplayNames(locales[language.value], { type, fallback: 'code' }).of(code) ?? code
    );
  } catch {
    // What is no code is shown as it is.
    return code;
  }
};

const kept = new Map<string, string>();

function once(type: Intl.DisplayNamesType, code: string): string {
  const key = `${language.value} ${type} ${code}`;
  const name = kept.get(key) ?? named(type, code);
  kept.set(key, name);
  return name;
}

/** The name of a country by its code of ISO 3166-1. */
export const country = (code: string): string => once('region', code);

/** The name of a language by its code of ISO 639. */
export const languageName = (code: string): string => {
  const name = once('language', code);
  return name.charAt(0).toUpperCase() + name.slice(1);
};
