import { texts } from '../../text';

const en = {
  export: 'Take the figures with you',
  exportHelp: 'Totals of finished days; of visits there is nothing in them.',
  tables: 'Tables, as other web analytics read them (ZIP)',
  totals: 'All totals, a line each (NDJSON)',
  move: 'To move the site to another installation, bring the totals in there: see docs/import.md.',
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
  remove: 'Slet websitet',
  removeHelp:
    'Websitet forsvinder straks, og intet mere af det tælles; alt, der er gemt om det, slettes derefter, også mål, medlemmer og links.',
  really: (domain) => `${domain} og alle dets tal slettes. Ingen kan bringe dem tilbage.`,
  type: (domain) => `Skriv ${domain} for at slette det`,
};

/** What the page of leaving says. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
