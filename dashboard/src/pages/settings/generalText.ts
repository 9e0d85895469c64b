import { texts } from '../../text';

const en = {
  domain: 'Domain',
  domainHelp:
    'The figures stay. Pages have to name the new domain in their snippet: beacons that name the one before are refused from then on.',
  rename: 'Change the domain',
  renamed: (domain: string) => `The site is ${domain} from now on. Change its snippet, too.`,
  zone: 'Time zone',
  zoneHelp:
    'Days begin at its midnight. It stays as it was when the site was added, since days that are over cannot be cut anew.',
  number: 'Public number',
  numberHelp: 'Part of the name of the site’s cookie.',
};

const da: typeof en = {
  domain: 'Domæne',
  domainHelp:
    'Tallene bliver. Sider skal nævne det nye domæne i deres kode: målinger, der nævner det gamle, afvises fra da af.',
  rename: 'Skift domænet',
  renamed: (domain) => `Websitet hedder ${domain} fra nu af. Ret også dets kode.`,
  zone: 'Tidszone',
  zoneHelp:
    'Dage begynder ved dens midnat. Den bliver, som den var, da websitet blev oprettet, for afsluttede dage kan ikke skæres til på ny.',
  number: 'Offentligt nummer',
  numberHelp: 'En del af navnet på websitets cookie.',
};

/** What the page of a site's name says. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
