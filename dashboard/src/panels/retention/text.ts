import { texts } from '../../text';
import { pluralIn } from '../../text/plural';

const english = pluralIn('en');
const danish = pluralIn('da');

const en = {
  title: 'Retention',
  firstWeek: 'First came',
  browsers: 'Browsers',
  week: (count: number) => `${count} wk`,
  weekInFull: (count: number) =>
    english(count, { one: 'Came again 1 week later', other: `Came again ${count} weeks later` }),
  table: 'Browsers by the week in which they first came, and how many of them came again',
  what: 'Of browsers that keep a cookie and bring it back, whatever the filters; at least thirteen weeks are shown. The last figure of each line is of the week under way.',
  cut: (share: string) => `${share} (not whole)`,
  unknown: (count: number, shown: string) =>
    english(count, {
      one: '1 browser is in no week, since too few came with it.',
      other: `${shown} browsers are in no week, since too few came at once to say when they had first come.`,
    }),
  none: 'No browser brought a cookie back in these weeks. Who comes again is known only of browsers that keep one: where the site’s profile sets none, or nobody consents, there is nothing to show.',
  settings: 'What the profile sets',
};

const da: typeof en = {
  title: 'Fastholdelse',
  firstWeek: 'Kom først',
  browsers: 'Browsere',
  week: (count) => `${count} u.`,
  weekInFull: (count) =>
    danish(count, { one: 'Kom igen 1 uge efter', other: `Kom igen ${count} uger efter` }),
  table: 'Browsere efter den uge, de først kom, og hvor mange af dem der kom igen',
  what: 'Af browsere, der beholder en cookie og bringer den tilbage, uanset filtrene; der vises mindst tretten uger. Det sidste tal i hver linje er fra den uge, der er i gang.',
  cut: (share) => `${share} (ikke hel)`,
  unknown: (count, shown) =>
    danish(count, {
      one: '1 browser er i ingen uge, for der kom for få sammen med den.',
      other: `${shown} browsere er i ingen uge, for der kom for få på én gang til at sige, hvornår de først kom.`,
    }),
  none: 'Ingen browser bragte en cookie tilbage i disse uger. Hvem der kommer igen, vides kun om browsere, der beholder en: hvor websitets profil ingen sætter, eller ingen samtykker, er der intet at vise.',
  settings: 'Hvad profilen sætter',
};

/** What is said of who comes again. */
export const words = texts({ en, da });
