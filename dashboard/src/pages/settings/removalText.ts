import { texts } from '../../text';

const en = {
  export: 'Take the figures with you',
  exportHelp: 'Totals of finished days; of visits there is nothing in them.',
  tables: 'Tables, as other web analytics read them (ZIP)',
  totals: 'All totals, a line each (NDJSON)',
  move: 'To move the site to another installation, bring the totals in there: see docs/import.md.',
  reset: 'Forget all figures',
  resetHelp:
    'Visits, totals, imports and what was not counted are deleted; settings, goals, funnels, members, links and tokens stay. What is counted from then on begins anew.',
  reallyReset: (domain: string) =>
    `All figures of ${domain} are deleted. Nobody can bring them back.`,
  typeReset: (domain: string) => `Write ${domain} to forget its figures`,
  isReset: 'All figures are forgotten.',
  remove: 'Remove the site',
  removeHelp:
    'The site goes at once, and nothing more of it is counted; all that is kept of it is deleted after it, also goals, members and links.',
  really: (domain: string) =>
    `${domain} and all its figures are deleted. Nobody can bring them back.`,
  type: (domain: string) => `Write ${domain} to remove it`,
};

const da: typeof en = {
  export: 'Tag tallene med',
  exportHelp: 'Summer af afsluttede dage; der er intet om besøg i dem.',
  tables: 'Tabeller, som anden webstatistik læser dem (ZIP)',
  totals: 'Alle summer, én pr. linje (NDJSON)',
  move: 'For at flytte websitet til en anden installation bringes summerne ind der: se docs/import.md.',
  reset: 'Glem alle tal',
  resetHelp:
    'Besøg, summer, importer og det, der ikke blev talt, slettes; indstillinger, mål, tragte, medlemmer, links og nøgler bliver. Det, der tælles derefter, begynder forfra.',
  reallyReset: (domain) => `Alle tal for ${domain} slettes. Ingen kan bringe dem tilbage.`,
  typeReset: (domain) => `Skriv ${domain} for at glemme dets tal`,
  isReset: 'Alle tal er glemt.',
  remove: 'Slet websitet',
  removeHelp:
    'Websitet forsvinder straks, og intet mere af det tælles; alt, der er gemt om det, slettes derefter, også mål, medlemmer og links.',
  really: (domain) => `${domain} og alle dets tal slettes. Ingen kan bringe dem tilbage.`,
  type: (domain) => `Skriv ${domain} for at slette det`,
};

/** What the page of leaving says. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
