import { texts } from '../../text';

const en = {
  intro: 'What visitors are to do on the site. Days that are over are counted anew with it.',
  add: 'Add a goal',
  none: 'There is no goal yet.',
  name: 'Name',
  counts: 'Counts',
  worth: 'Worth',
  kind: 'What is counted',
  kinds: {
    page: {
      label: 'A page is viewed',
      help: 'As with /thanks, or /blog/** for all pages of the blog.',
    },
    event: { label: 'An event is sent', help: "By your own script, as in sporlos('Signup')." },
  },
  page: 'Path',
  pageHelp: '* stands for any text without a slash, ** for any text.',
  scroll: 'Scrolled at least, in percent',
  scrollHelp: 'Empty for every view.',
  event: 'Name of the event',
  display: 'Name',
  displayHelp: 'Empty to call it after what it counts.',
  more: 'Only with certain properties, or worth money',
  properties: 'Properties it must have',
  propertiesHelp: 'One a line, as in plan=gold; at most three.',
  currency: 'Currency',
  currencyHelp: 'As in DKK. Empty for a goal that is not worth money.',
  value: 'Amount each time',
  valueHelp: 'Empty to take what the event says.',
  scrolled: (page: string, percent: number) => `${page}, scrolled ${percent} %`,
  sent: (event: string) => `event ${event}`,
  with: (properties: string) => `with ${properties}`,
  asSaid: (currency: string) => `${currency}, as the event says`,
  warning: 'It is not counted any more. What it was reached so far is gone from the figures.',
};

const da: typeof en = {
  intro: 'Det, besøgende skal gøre på websitet. Afsluttede dage tælles igen med det.',
  add: 'Tilføj et mål',
  none: 'Der er ingen mål endnu.',
  name: 'Navn',
  counts: 'Tæller',
  worth: 'Værdi',
  kind: 'Hvad der tælles',
  kinds: {
    page: { label: 'En side vises', help: 'Fx /tak, eller /blog/** for alle bloggens sider.' },
    event: { label: 'En hændelse sendes', help: "Af jeres eget script, som i sporlos('Signup')." },
  },
  page: 'Sti',
  pageHelp: '* står for enhver tekst uden skråstreg, ** for enhver tekst.',
  scroll: 'Rullet mindst, i procent',
  scrollHelp: 'Tomt for enhver visning.',
  event: 'Hændelsens navn',
  display: 'Navn',
  displayHelp: 'Tomt for at kalde det efter det, det tæller.',
  more: 'Kun med bestemte egenskaber, eller penge værd',
  properties: 'Egenskaber, den skal have',
  propertiesHelp: 'Én pr. linje, som i plan=guld; højst tre.',
  currency: 'Valuta',
  currencyHelp: 'Som i DKK. Tomt for et mål, der ikke er penge værd.',
  value: 'Beløb hver gang',
  valueHelp: 'Tomt for at tage det, hændelsen siger.',
  scrolled: (page, percent) => `${page}, rullet ${percent} %`,
  sent: (event) => `hændelsen ${event}`,
  with: (properties) => `med ${properties}`,
  asSaid: (currency) => `${currency}, som hændelsen siger`,
  warning: 'Det tælles ikke mere. Hvor tit det er nået indtil nu, forsvinder fra tallene.',
};

/** What the page of goals says. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
