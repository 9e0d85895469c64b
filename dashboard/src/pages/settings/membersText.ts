import { texts } from '../../text';

const en = {
  intro:
    'Who sees this site, and what they may do. Administrators of the installation see it, too.',
  add: 'Let somebody in',
  change: 'Change role',
  changeOf: (who: string) => `Change role: ${who}`,
  none: 'Nobody has a role of their own here yet.',
  who: 'Who',
  role: 'Role',
  roles: {
    viewer: {
      label: 'Viewer',
      help: 'Reads figures; keeps segments and annotations of their own.',
    },
    editor: {
      label: 'Editor',
      help: 'Also changes goals, funnels, properties, segments and annotations.',
    },
    owner: {
      label: 'Owner',
      help: 'Also changes settings, lets others in, reads the audit, and may remove the site.',
    },
  },
  email: 'E-mail',
  give: 'Give the role',
  invited: 'Invited',
  until: (day: string) => `invited; the link holds until ${day}`,
  warning: 'They do not see this site any more.',
  warningSelf: 'This is you: you do not see this site any more, unless you are an administrator.',
  linkTitle: 'Send them this link',
  linkHelp: (email: string) =>
    `${email} has no account yet. The link makes one; it is good once, for seven days, and told only now. Send it to them and to nobody else.`,
  link: 'The link of the invitation',
};

const da: typeof en = {
  intro: 'Hvem der ser dette website, og hvad de må. Installationens administratorer ser det også.',
  add: 'Giv nogen adgang',
  change: 'Skift rolle',
  changeOf: (who) => `Skift rolle: ${who}`,
  none: 'Ingen har endnu en rolle her.',
  who: 'Hvem',
  role: 'Rolle',
  roles: {
    viewer: { label: 'Læser', help: 'Læser tal; har egne segmenter og noter.' },
    editor: {
      label: 'Redaktør',
      help: 'Ændrer også mål, tragte, egenskaber, segmenter og noter.',
    },
    owner: {
      label: 'Ejer',
      help: 'Ændrer også indstillinger, giver andre adgang, læser historikken og kan slette websitet.',
    },
  },
  email: 'E-mail',
  give: 'Giv rollen',
  invited: 'Inviteret',
  until: (day) => `inviteret; linket gælder til ${day}`,
  warning: 'Vedkommende ser ikke længere dette website.',
  warningSelf: 'Det er dig: du ser ikke længere dette website, medmindre du er administrator.',
  linkTitle: 'Send dette link',
  linkHelp: (email) =>
    `${email} har ingen konto endnu. Linket opretter en; det gælder én gang, i syv dage, og siges kun nu. Send det til vedkommende og til ingen anden.`,
  link: 'Invitationens link',
};

/** What the page of members says. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
