import { texts } from '../../text';

const en = {
  ranges: { '7d': '7 days', '30d': '30 days', '91d': '91 days', '12mo': '12 months' },
  range: 'Time',
  look: 'Look and language',
  only: 'Only',
  and: 'and',
  of: (days: string) => `Finished days: ${days}`,
  rounded: (base: string) =>
    `Every figure is the sum of those of single days, each rounded to a multiple of ${base}, so that nobody can be found in them.`,
  exact: 'Every figure is the sum of those of single days.',
  about: 'No address of a visitor is kept, and visits of different days cannot be joined.',
  privacy: 'What is counted, and how to object',
  plain: 'The same as tables, without scripts',
  nothing: 'Nothing was counted here in this time, or too little to be shown.',
  gone: 'The figures are not shared any more.',
};

const da: typeof en = {
  ranges: { '7d': '7 dage', '30d': '30 dage', '91d': '91 dage', '12mo': '12 måneder' },
  range: 'Periode',
  look: 'Udseende og sprog',
  only: 'Kun',
  and: 'og',
  of: (days) => `Afsluttede dage: ${days}`,
  rounded: (base) =>
    `Hvert tal er summen af enkelte dages tal, som hver er afrundet til gange af ${base}, så ingen kan findes i dem.`,
  exact: 'Hvert tal er summen af enkelte dages tal.',
  about: 'Ingen besøgendes adresse gemmes, og besøg på forskellige dage kan ikke forbindes.',
  privacy: 'Hvad der tælles, og hvordan man gør indsigelse',
  plain: 'Det samme som tabeller, uden scripts',
  nothing: 'Her er intet talt i denne tid, eller for lidt til at blive vist.',
  gone: 'Tallene deles ikke længere.',
};

/** What outsiders are told. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
