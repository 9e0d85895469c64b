import { texts } from '../../text';

const en = {
  intro:
    'What was changed or deleted, by whom and when. It names settings, never their values. Lines are kept as long as the totals of the site.',
  download: 'Download as CSV',
  none: 'Nothing was changed yet.',
  when: 'When',
  what: 'What',
  older: 'Show older ones',
  days: (first: string, last: string) => (first === last ? first : `${first} to ${last}`),
  rows: (count: string) => `${count} rows`,
  /** What is said in one. */
  whole: {
    'sign in password': 'signed in by password',
    'sign in code': 'signed in by password and code',
    'sign in passkey': 'signed in by passkey',
    'sign in provider': 'signed in by the provider',
  } as Record<string, string>,
  actions: {
    add: 'added',
    change: 'changed',
    remove: 'removed',
    delete: 'deleted',
    invite: 'invited',
    import: 'brought in',
    reset: 'reset',
  } as Record<string, string>,
  things: {
    site: 'the site',
    domain: 'the domain',
    goal: 'a goal',
    property: 'a property',
    funnel: 'a funnel',
    segment: 'a segment',
    annotation: 'an annotation',
    member: 'a member',
    token: 'a token',
    group: 'a group',
    'shared link': 'a shared link',
    'setting profile': 'the profile',
    visit: 'visits',
    figures: 'all figures',
  } as Record<string, string>,
  setting: (name: string) => `the setting “${name}”`,
};

const da: typeof en = {
  intro:
    'Hvad der er ændret eller slettet, af hvem og hvornår. Indstillinger nævnes, aldrig deres værdier. Linjer gemmes så længe som websitets summer.',
  download: 'Hent som CSV',
  none: 'Intet er ændret endnu.',
  when: 'Hvornår',
  what: 'Hvad',
  older: 'Vis ældre',
  days: (first, last) => (first === last ? first : `${first} til ${last}`),
  rows: (count) => `${count} rækker`,
  /** What is said in one. */
  whole: {
    'sign in password': 'loggede ind med adgangskode',
    'sign in code': 'loggede ind med adgangskode og kode',
    'sign in passkey': 'loggede ind med adgangsnøgle',
    'sign in provider': 'loggede ind via udbyderen',
  },
  actions: {
    add: 'tilføjede',
    change: 'ændrede',
    remove: 'fjernede',
    delete: 'slettede',
    invite: 'inviterede',
    import: 'bragte ind:',
    reset: 'nulstillede',
  },
  things: {
    site: 'websitet',
    domain: 'domænet',
    goal: 'et mål',
    property: 'en egenskab',
    funnel: 'en tragt',
    segment: 'et segment',
    annotation: 'en note',
    member: 'et medlem',
    token: 'en nøgle',
    group: 'en gruppe',
    'shared link': 'et delt link',
    'setting profile': 'profilen',
    visit: 'besøg',
    figures: 'alle tal',
  },
  setting: (name) => `indstillingen “${name}”`,
};

/** What the page of the audit says. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
