import { texts } from '../../text';

const en = {
  public: 'For everybody',
  page: 'The public page',
  badge: 'A badge for your pages',
  badgeHelp:
    'A picture of the page views of the last thirty finished days, without script or cookie.',
  badgeLabel: 'The code of the badge',
  links: 'Shared links',
  linksHelp:
    'Whoever knows the address of a link sees rounded figures of finished days, without signing in.',
  add: 'Make a link',
  none: 'There is no shared link yet.',
  name: 'Name',
  nameHelp: 'It stands above the figures.',
  shows: 'Shows',
  all: 'All that is counted',
  segment: 'Only what is in this segment',
  used: 'Last used',
  expires: 'Ends',
  expiresHelp: 'First day on which it opens nothing. Empty for none.',
  password: 'Password',
  passwordHelp: 'At least 8 characters, asked of whoever opens the link. Empty for none.',
  asksPassword: 'asks for a password',
  frames: 'Pages that may show it in a frame',
  framesHelp:
    'One origin a line, as in https://intranet.example.com; * for any. Not together with a password, since browsers keep no cookie there.',
  framed: (origins: string) => `in frames of ${origins}`,
  madeTitle: 'The address of the link',
  madeHelp: 'Copy it now: it is told once. Whoever knows it sees the figures.',
  frameLabel: 'The code of the frame',
  warning: 'Whoever has its address sees nothing any more.',
};

const da: typeof en = {
  public: 'For alle',
  page: 'Den offentlige side',
  badge: 'Et mærke til jeres sider',
  badgeHelp:
    'Et billede af de sidste tredive afsluttede dages sidevisninger, uden script og cookie.',
  badgeLabel: 'Mærkets kode',
  links: 'Delte links',
  linksHelp:
    'Den, der kender et links adresse, ser afrundede tal for afsluttede dage uden at logge ind.',
  add: 'Lav et link',
  none: 'Der er ingen delte links endnu.',
  name: 'Navn',
  nameHelp: 'Det står over tallene.',
  shows: 'Viser',
  all: 'Alt, der tælles',
  segment: 'Kun det, der er i dette segment',
  used: 'Sidst brugt',
  expires: 'Slutter',
  expiresHelp: 'Første dag, det intet åbner. Tomt for ingen.',
  password: 'Adgangskode',
  passwordHelp: 'Mindst 8 tegn, som den, der åbner linket, bliver spurgt om. Tomt for ingen.',
  asksPassword: 'spørger om en adgangskode',
  frames: 'Sider, der må vise det i en ramme',
  framesHelp:
    'Én oprindelse pr. linje, som i https://intranet.example.com; * for alle. Ikke sammen med en adgangskode, for browsere gemmer ingen cookie der.',
  framed: (origins) => `i rammer på ${origins}`,
  madeTitle: 'Linkets adresse',
  madeHelp: 'Kopiér den nu: den siges én gang. Den, der kender den, ser tallene.',
  frameLabel: 'Rammens kode',
  warning: 'Den, der har adressen, ser ikke længere noget.',
};

/** What the page of sharing says. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
