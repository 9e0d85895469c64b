import { texts } from '../../text';

const en = {
  intro: 'Why figures changed on a day, such as a campaign or a move. They stand on the chart.',
  add: 'Add an annotation',
  none: 'There is no annotation yet.',
  day: 'Day',
  text: 'Text',
  textHelp: 'Do not name people.',
  personal: 'Only I see it',
  personalOnly: 'Only you see it: what everybody sees takes the role editor.',
  warning: 'It is gone from the chart.',
};

const da: typeof en = {
  intro: 'Hvorfor tallene ændrede sig en dag, fx en kampagne eller en flytning. De står på kurven.',
  add: 'Tilføj en note',
  none: 'Der er ingen noter endnu.',
  day: 'Dag',
  text: 'Tekst',
  textHelp: 'Nævn ikke mennesker.',
  personal: 'Kun jeg ser den',
  personalOnly: 'Kun du ser den: det, alle ser, kræver rollen redaktør.',
  warning: 'Den forsvinder fra kurven.',
};

/** What the page of annotations says. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
