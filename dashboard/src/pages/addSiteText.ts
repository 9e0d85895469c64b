import { texts } from '../text';

const en = {
  title: 'Add a site',
  domain: 'Domain',
  domainHelp: 'The host of its pages, as in example.com; its subdomains count, too.',
  zone: 'Time zone',
  zoneHelp: 'Its days begin at midnight there. It cannot be changed later.',
};

const da: typeof en = {
  title: 'Tilføj et website',
  domain: 'Domæne',
  domainHelp: 'Værten for dets sider, som i example.com; dets underdomæner tæller også.',
  zone: 'Tidszone',
  zoneHelp: 'Dets dage begynder ved midnat der. Den kan ikke ændres senere.',
};

/** What adds a site. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
