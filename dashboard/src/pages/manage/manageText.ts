import { texts } from '../../text';

const en = {
  title: 'Installation',
  back: 'To the sites',
  people: {
    title: 'People',
    intro:
      'Everybody who may sign in. Roles on a site are given in its settings; administrators may do everything on every site.',
    invite: 'Invite an administrator',
    none: 'Nobody may sign in yet.',
    who: 'Who',
    since: 'Since',
    admin: 'administrator',
    secondStep: 'signs in with a code',
    invited: (role: string, until: string) => `invited (${role}); the link holds until ${until}`,
    email: 'E-mail',
    warning: 'Their account, their roles and what is theirs alone are deleted; the audit stays.',
  },
  groups: {
    title: 'Groups of sites',
    intro:
      'Sites that are read together, such as an agency’s clients. A role on a group is a role on each of its sites, those put in later included.',
    add: 'Add a group',
    none: 'There is no group yet.',
    name: 'Name',
    sites: 'Sites',
    members: 'Members',
    nobody: 'Nobody has a role on this group yet.',
    noSites: 'No site is in it yet.',
    put: 'Put a site into it',
    takeOut: (site: string, group: string) => `Take ${site} out of ${group}`,
    letIn: 'Let somebody in',
    remove: 'Remove the group',
    removeOf: (name: string) => `Remove the group ${name}`,
    warning: 'Its sites stay. Roles that people have by it end.',
  },
  closed: 'This is for administrators of the installation.',
};

const da: typeof en = {
  title: 'Installation',
  back: 'Til websites',
  people: {
    title: 'Mennesker',
    intro:
      'Alle, der kan logge ind. Roller på et website gives i dets indstillinger; administratorer må alt på alle websites.',
    invite: 'Invitér en administrator',
    none: 'Ingen kan logge ind endnu.',
    who: 'Hvem',
    since: 'Siden',
    admin: 'administrator',
    secondStep: 'logger ind med en kode',
    invited: (role, until) => `inviteret (${role}); linket gælder til ${until}`,
    email: 'E-mail',
    warning: 'Deres konto, roller og det, der er deres alene, slettes; historikken bliver.',
  },
  groups: {
    title: 'Grupper af websites',
    intro:
      'Websites, der læses sammen, fx et bureaus kunder. En rolle på en gruppe er en rolle på hvert af dens websites, også dem, der kommer til senere.',
    add: 'Tilføj en gruppe',
    none: 'Der er ingen grupper endnu.',
    name: 'Navn',
    sites: 'Websites',
    members: 'Medlemmer',
    nobody: 'Ingen har endnu en rolle på gruppen.',
    noSites: 'Der er ingen websites i den endnu.',
    put: 'Læg et website i den',
    takeOut: (site, group) => `Tag ${site} ud af ${group}`,
    letIn: 'Giv nogen adgang',
    remove: 'Fjern gruppen',
    removeOf: (name) => `Fjern gruppen ${name}`,
    warning: 'Dens websites bliver. Roller, som folk har ved den, ophører.',
  },
  closed: 'Dette er for installationens administratorer.',
};

/** What the pages of the installation say. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
