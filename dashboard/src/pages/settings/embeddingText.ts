import { texts } from '../../text';

const en = {
  label: 'The snippet',
  extras: 'Count links that lead away, downloads, forms and missing pages as well',
  vitals: 'Report how pages load, react and hold still as well (web vitals)',
  hash: 'The part after # names the page (hash routing)',
  hashSetting: 'The site has to be set likewise under Counting: hash routing.',
  bundled: 'The website has a bundler and takes the package sporlos-tracker from npm',
  pinned:
    'Pinned: browsers run these scripts as they are now and no others; copy them anew after each upgrade',
};

const da: typeof en = {
  label: 'Koden',
  extras: 'Tæl også links væk fra websitet, hentede filer, formularer og manglende sider',
  vitals: 'Meld også, hvordan sider indlæses, svarer og står stille (web vitals)',
  hash: 'Delen efter # navngiver siden (hash routing)',
  hashSetting: 'Websitet skal indstilles på samme måde under Tælling: hash routing.',
  bundled: 'Websitet har en bundler og henter pakken sporlos-tracker fra npm',
  pinned:
    'Låst: browsere kører scriptene, som de er nu, og ingen andre; kopiér dem igen efter hver opgradering',
};

/** What is said about the lines that a website embeds. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
