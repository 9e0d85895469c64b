import { texts } from '../../text';

const en = {
  intro:
    'By a token a program reads figures of this site or brings some in. It is told once, and kept as a hash alone.',
  add: 'Make a token',
  none: 'There is no token for this site alone yet.',
  name: 'Name',
  nameHelp: 'What it is for, such as weekly report.',
  unnamed: 'without a name',
  may: 'May',
  used: 'Last used',
  expires: 'Ends',
  expiresHelp: 'First day on which it opens nothing. Empty for none.',
  hourly: 'Requests an hour',
  scopes: {
    stats: { label: 'Read figures', help: 'And exports.' },
    sites: {
      label: 'Change what owners may',
      help: 'Settings, goals and the like; it lets nobody in, and makes no token.',
    },
    import: { label: 'Bring in hits', help: 'Of the past.' },
    send: {
      label: 'Send beacons for others',
      help: 'That name the address and agent of a visitor.',
    },
    outside: { label: 'Read as an outsider', help: 'Rounded figures of finished days.' },
  },
  madeTitle: 'The token',
  madeHelp: 'Copy it now: nobody can tell it again.',
  example: 'An example',
  revoke: 'Revoke',
  warning: 'Programs that show it are refused from now on.',
};

const da: typeof en = {
  intro:
    'Med en nøgle læser et program dette websites tal eller bringer nogle ind. Den siges én gang og gemmes kun som hash.',
  add: 'Lav en nøgle',
  none: 'Der er endnu ingen nøgle til dette website alene.',
  name: 'Navn',
  nameHelp: 'Hvad den er til, fx ugerapport.',
  unnamed: 'uden navn',
  may: 'Må',
  used: 'Sidst brugt',
  expires: 'Slutter',
  expiresHelp: 'Første dag, den intet åbner. Tomt for ingen.',
  hourly: 'Forespørgsler i timen',
  scopes: {
    stats: { label: 'Læse tal', help: 'Og eksporter.' },
    sites: {
      label: 'Ændre det, ejere må',
      help: 'Indstillinger, mål og lignende; den giver ingen adgang og laver ingen nøgle.',
    },
    import: { label: 'Bringe hits ind', help: 'Fra fortiden.' },
    send: { label: 'Sende målinger for andre', help: 'Som nævner en besøgendes adresse og agent.' },
    outside: { label: 'Læse som udenforstående', help: 'Afrundede tal for afsluttede dage.' },
  },
  madeTitle: 'Nøglen',
  madeHelp: 'Kopiér den nu: ingen kan sige den igen.',
  example: 'Et eksempel',
  revoke: 'Tilbagekald',
  warning: 'Programmer, der viser den, afvises fra nu af.',
};

/** What the page of tokens says. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
