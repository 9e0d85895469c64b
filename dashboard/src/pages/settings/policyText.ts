import { texts } from '../../text';

const en = {
  who: 'Who answers for it',
  whoHelp:
    'Printed in the policy. Where you say nothing, the installation’s word holds; what nobody said is left open there.',
  text: 'The text',
  textHelp:
    'Written from the settings that hold now. Copy it into the policy of your website, or link to the page, which changes with them.',
  label: 'The policy',
  links: 'Pages for others',
  page: 'The policy as a page',
  changes: 'What changed in it, and when',
  rights: 'What visitors see of themselves, and where they object',
  inventory: 'For your data protection officer: all that is kept, why and how long (JSON)',
};

const da: typeof en = {
  who: 'Hvem der svarer for det',
  whoHelp:
    'Trykkes i politikken. Hvor I intet siger, gælder installationens ord; det, ingen har sagt, står åbent.',
  text: 'Teksten',
  textHelp:
    'Skrevet ud fra de indstillinger, der gælder nu. Kopiér den ind i jeres websites politik, eller link til siden, som følger med.',
  label: 'Politikken',
  links: 'Sider til andre',
  page: 'Politikken som side',
  changes: 'Hvad der er ændret i den, og hvornår',
  rights: 'Hvad besøgende ser om sig selv, og hvor de gør indsigelse',
  inventory: 'Til jeres databeskyttelsesrådgiver: alt, der gemmes, hvorfor og hvor længe (JSON)',
};

/** What the page of the policy says. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
