import { texts } from '../../text';

const en = {
  profile: 'Profile',
  profileHelp:
    'A profile is a set of settings for a law. It holds wherever nothing else is said below.',
  profiles: {
    dk: {
      label: 'Denmark',
      help: 'A cookie after consent, everything else without one. Visits are kept for 180 days.',
    },
    cnil: {
      label: 'France (CNIL)',
      help: 'What the CNIL exempts from consent: a cookie of 13 months, no campaigns, countries alone. Visits are kept for 30 days.',
    },
    uk: {
      label: 'United Kingdom',
      help: 'The exception for statistics: a cookie, with information and a simple opt-out. Visits are kept for 90 days.',
    },
    strict: {
      label: 'Strict',
      help: 'Nobody is recognised, and no visit is kept: page views, and where they came from.',
    },
  } as Record<string, { label: string; help: string }>,
  useProfile: 'Use this profile',
  settings: 'Settings',
  departures:
    'These settings keep more than the profile does. Whether that is allowed is yours to judge:',
  within: 'All settings are as the profile has them, or keep less.',
};

const da: typeof en = {
  profile: 'Profil',
  profileHelp:
    'En profil er et sæt indstillinger til en lov. Den gælder overalt, hvor der ikke siges andet nedenfor.',
  profiles: {
    dk: {
      label: 'Danmark',
      help: 'En cookie efter samtykke, alt andet uden. Besøg gemmes i 180 dage.',
    },
    cnil: {
      label: 'Frankrig (CNIL)',
      help: 'Det, CNIL fritager for samtykke: en cookie på 13 måneder, ingen kampagner, kun lande. Besøg gemmes i 30 dage.',
    },
    uk: {
      label: 'Storbritannien',
      help: 'Undtagelsen for statistik: en cookie, med oplysning og et enkelt fravalg. Besøg gemmes i 90 dage.',
    },
    strict: {
      label: 'Streng',
      help: 'Ingen genkendes, og intet besøg gemmes: sidevisninger, og hvor de kom fra.',
    },
  },
  useProfile: 'Brug denne profil',
  settings: 'Indstillinger',
  departures: 'Disse indstillinger gemmer mere end profilen. Om det er tilladt, må I vurdere:',
  within: 'Alle indstillinger er som profilens eller gemmer mindre.',
};

/** What the page of privacy says. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
