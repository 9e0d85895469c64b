/** What people are spoken to in. */
export const languages = ['en', 'da'] as const;

export type Language = (typeof languages)[number];

/** What `Intl` is asked for: dates as they are written where the language is spoken. */
export const locales: Record<Language, string> = { en: 'en-GB', da: 'da-DK' };

/** The first that is among those we speak; English if none is. */
export const languageOf = (wanted: readonly string[]): Language =>
  wanted
    .map((tag) => languages.find((language) => tag.toLowerCase().split('-')[0] === language))
    .find((language) => language !== undefined) ?? 'en';
