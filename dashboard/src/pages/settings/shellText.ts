import { texts } from '../../text';

const en = {
  title: 'Settings',
  back: 'To the figures',
  groups: { site: 'Site', figures: 'Figures', people: 'Access', more: 'More' },
  sections: {
    snippet: 'Snippet',
    general: 'General',
    privacy: 'Privacy',
    policy: 'Policy',
    counting: 'What counts',
    retention: 'Retention',
    goals: 'Goals',
    funnels: 'Funnels',
    properties: 'Properties',
    segments: 'Segments',
    annotations: 'Annotations',
    members: 'Members',
    tokens: 'Tokens',
    sharing: 'Sharing',
    audit: 'Audit',
    removal: 'Export and remove',
  },
  roles: { owner: 'owner', editor: 'editor', viewer: 'viewer' },
  closed: (needed: string, own: string) =>
    `This is for people with the role ${needed}. Yours on this site is ${own}: ask an owner to change it for you, or to give you the role.`,
  readOnly: (needed: string) => `You can look at these; to change them takes the role ${needed}.`,
};

const da: typeof en = {
  title: 'Indstillinger',
  back: 'Til tallene',
  groups: { site: 'Websitet', figures: 'Tal', people: 'Adgang', more: 'Mere' },
  sections: {
    snippet: 'Kode',
    general: 'Generelt',
    privacy: 'Privatliv',
    policy: 'Politik',
    counting: 'Hvad der tæller',
    retention: 'Opbevaring',
    goals: 'Mål',
    funnels: 'Tragte',
    properties: 'Egenskaber',
    segments: 'Segmenter',
    annotations: 'Noter',
    members: 'Medlemmer',
    tokens: 'Nøgler',
    sharing: 'Deling',
    audit: 'Historik',
    removal: 'Eksport og sletning',
  },
  roles: { owner: 'ejer', editor: 'redaktør', viewer: 'læser' },
  closed: (needed, own) =>
    `Dette er for folk med rollen ${needed}. Din på dette website er ${own}: bed en ejer om at ændre det for dig eller give dig rollen.`,
  readOnly: (needed) => `Du kan se dem; det kræver rollen ${needed} at ændre dem.`,
};

/** What stands around each page of settings. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
