import { texts } from '../../text';

/** How a setting is spoken of. */
export interface SettingWords {
  label: string;
  help?: string;
  /** What each of its choices is called, and what it means. */
  values?: Record<string, { label: string; help?: string }>;
}

const onOff = (on: string, off: string) => ({ on: { label: on }, off: { label: off } });

const en: Record<string, SettingWords> = {
  hosts: {
    label: 'Other hosts',
    help: 'Its pages count on the domain and its subdomains, and on these, one a line: example.org, or *.example.net.',
  },
  localhost: {
    label: 'Pages on a developer’s machine',
    help: 'localhost, 127.0.0.1, [::1], *.local and files.',
    values: onOff('Count', 'Do not count'),
  },
  'excluded-pages': {
    label: 'Pages that do not count',
    help: 'One a line. * stands for any text without a slash, ** for any text: /admin/**, /user/*/edit.',
  },
  'excluded-networks': {
    label: 'Networks whose visits do not count',
    help: 'Such as your own office, one a line: 192.0.2.0/24, 2001:db8::/32. A visitor’s address is compared with them in memory and not kept.',
  },
  'query-parameters': {
    label: 'Query parameters that are part of the page',
    help: 'One a line, such as q. All others are left out of the address of a page before it is kept. For beacons of servers and of other products’ scripts: our own script lets no parameter leave the browser but those of campaigns and the names of click ids.',
  },
  'keep-paths': {
    label: 'Paths that are kept as they are',
    help: 'One pattern a line. Elsewhere what looks like somebody’s number, address or name is left out of paths.',
  },
  'group-paths': {
    label: 'Pages that count as one',
    help: 'One pattern a line: with /product/* all products are one page of that name.',
  },
  dialects: {
    label: 'Products whose trackers are understood',
    help: 'One a line: plausible, umami, matomo, goatcounter. Pages that still have such a snippet then change nothing but its address.',
  },
  'matomo-id': {
    label: 'Number of the site in Matomo',
    help: 'As in idsite: 3. Its beacons name the site by it.',
  },
  'umami-id': {
    label: 'Id of the website in Umami',
    help: 'As in data-website-id. Its beacons name the site by it.',
  },
  'goatcounter-host': {
    label: 'Host of the site at GoatCounter',
    help: 'Such as code.example.com, if its beacons still go to that name.',
  },
  'tracker-name': {
    label: 'Name of the script and its beacons',
    help: 'Such as hits: the script is at /hits.js, too, and reports to /hits. Change the snippet likewise.',
  },
  'hash-routing': {
    label: 'The part of an address after #',
    values: onOff('Names the page', 'Is left out'),
  },
  public: {
    label: 'Public figures',
    help: 'Finished days alone, rounded, without filters: what nobody can be found in.',
    values: {
      on: { label: 'Anybody may see them' },
      off: { label: 'Only members, and whoever has a link' },
    },
  },
  prometheus: {
    label: 'Prometheus',
    help: 'Figures of the last finished day, and about how many visitors there are now, rounded, in the metrics that the operator reads.',
    values: onOff('Is shown them', 'Is not shown them'),
  },
  rate: {
    label: 'Beacons a second',
    help: 'More than these are refused. The limit of the installation holds unless you write one.',
  },
  quota: {
    label: 'Beacons a day',
    help: 'More than these are refused. The limit of the installation holds unless you write one.',
  },
  cookie: {
    label: 'Cookie',
    help: 'With a cookie a browser is known again on other days, so people can be counted.',
    values: {
      off: { label: 'Never', help: 'One that is brought is not looked at.' },
      consent: { label: 'After consent', help: 'Once the visitor has agreed on your website.' },
      on: {
        label: 'From the first view on',
        help: 'Unless the visitor declines. Ask whether your law lets you.',
      },
    },
  },
  'cookie-life': {
    label: 'How long the cookie lives',
    values: {
      sliding: {
        label: 'Some days after the last visit',
        help: 'Each visit prolongs it, up to 13 months after the first.',
      },
      fixed: { label: '13 months after the first visit', help: 'No visit prolongs it.' },
    },
  },
  'cookie-days': {
    label: 'Days after the last visit',
    help: 'For which a cookie that each visit prolongs is kept: 1 to 180.',
  },
  recognition: {
    label: 'Visitors without a cookie',
    values: {
      none: {
        label: 'Are not recognised',
        help: 'Page views are counted, but not joined to visits.',
      },
      'day-key': {
        label: 'Are recognised within a day',
        help: 'By a random key in memory, which is gone at midnight. Days cannot be joined.',
      },
    },
  },
  'address-for-recognition': {
    label: 'What of an address tells visitors apart',
    help: 'In memory only; an address is never kept.',
    values: {
      cut: {
        label: 'Its first part',
        help: 'Who shares a network and a kind of browser counts as one: about 2 % fewer visitors at 1,000 browsers a day, 7 % at 10,000 (simulated).',
      },
      full: { label: 'All of it', help: 'More exact, and closer to the person.' },
    },
  },
  campaigns: { label: 'Campaigns (utm_…)', values: onOff('Are kept', 'Are left out') },
  referrer: {
    label: 'The page that led to a visit',
    values: {
      host: { label: 'Its host alone' },
      path: { label: 'Host and path', help: 'Cleaned of what looks personal.' },
    },
  },
  place: {
    label: 'Where visitors are',
    help: 'As far as the database of places knows.',
    values: {
      country: { label: 'Country' },
      region: { label: 'Country and region' },
      city: { label: 'Country, region and city' },
    },
  },
  signals: {
    label: 'Global Privacy Control and Do Not Track',
    values: {
      obey: { label: 'Are obeyed', help: 'Browsers that send one are not counted.' },
      ignore: { label: 'Are not looked at', help: 'An objection on the privacy page still holds.' },
    },
  },
  rounding: {
    label: 'Rounding for outsiders',
    help: 'Shared and public figures are multiples of this; 1 for exact ones.',
  },
  'visits-kept': {
    label: 'Days that visits are kept',
    help: 'Filters and paths reach back so far. 0 keeps totals alone: each day is added up at its end, and its visits are deleted.',
  },
  'totals-kept': {
    label: 'Months that totals are kept',
    help: 'Totals of days are numbers alone; no visit can be read from them.',
  },
  controller: {
    label: 'Who decides what is counted',
    help: 'Name and address of the controller (GDPR art. 4(7)).',
  },
  'controller-contact': {
    label: 'Contact of the controller',
    help: 'A mail address, or the https address of a page.',
  },
  dpo: { label: 'Data protection officer', help: 'How to reach them, if there is one.' },
  'hosting-region': { label: 'Where the machines are', help: 'As in EU (Denmark).' },
  recipients: {
    label: 'Processors',
    help: 'With semicolons between them, as in Example Hosting ApS, Denmark; Example Mail AB, Sweden; or none.',
  },
  purpose: { label: 'What the figures are for', help: 'If for more than to improve the site.' },
  'backups-kept': {
    label: 'Days that backups are kept',
    help: 'Archived WAL among them; 0 for none.',
  },
  'collector-url': {
    label: 'Where browsers reach the collector',
    help: 'As in https://stats.example.com.',
  },
};

const da: typeof en = {
  hosts: {
    label: 'Andre værter',
    help: 'Sider tæller på domænet og dets underdomæner og på disse, én pr. linje: example.org eller *.example.net.',
  },
  localhost: {
    label: 'Sider på en udviklers maskine',
    help: 'localhost, 127.0.0.1, [::1], *.local og filer.',
    values: onOff('Tæller', 'Tæller ikke'),
  },
  'excluded-pages': {
    label: 'Sider, der ikke tæller',
    help: 'Én pr. linje. * står for enhver tekst uden skråstreg, ** for enhver tekst: /admin/**, /user/*/edit.',
  },
  'excluded-networks': {
    label: 'Netværk, hvis besøg ikke tæller',
    help: 'Fx jeres eget kontor, ét pr. linje: 192.0.2.0/24, 2001:db8::/32. En besøgendes adresse sammenlignes med dem i hukommelsen og gemmes ikke.',
  },
  'query-parameters': {
    label: 'Parametre, der hører til siden',
    help: 'Én pr. linje, fx q. Alle andre tages ud af en sides adresse, før den gemmes. Gælder det, servere og andre produkters scripts sender: vores eget script lader kun kampagners parametre og navnene på klik-id’er forlade browseren.',
  },
  'keep-paths': {
    label: 'Stier, der bevares, som de er',
    help: 'Ét mønster pr. linje. Ellers tages det ud af stier, som ligner nogens nummer, adresse eller navn.',
  },
  'group-paths': {
    label: 'Sider, der tæller som én',
    help: 'Ét mønster pr. linje: med /product/* er alle produkter én side af det navn.',
  },
  dialects: {
    label: 'Produkter, hvis trackere forstås',
    help: 'Ét pr. linje: plausible, umami, matomo, goatcounter. Sider, som stadig har sådan et stykke kode, skal kun have adressen i det ændret.',
  },
  'matomo-id': {
    label: 'Webstedets nummer i Matomo',
    help: 'Som i idsite: 3. Det er det navn, webstedet har i Matomos beacons.',
  },
  'umami-id': {
    label: 'Webstedets id i Umami',
    help: 'Som i data-website-id. Det er det navn, webstedet har i Umamis beacons.',
  },
  'goatcounter-host': {
    label: 'Webstedets vært hos GoatCounter',
    help: 'For eksempel code.example.com, hvis dets beacons stadig sendes til det navn.',
  },
  'tracker-name': {
    label: 'Navn på scriptet og dets beacons',
    help: 'Som hits: scriptet ligger så også på /hits.js og melder til /hits. Ret koden på siderne tilsvarende.',
  },
  'hash-routing': {
    label: 'Den del af en adresse, der står efter #',
    values: onOff('Navngiver siden', 'Udelades'),
  },
  public: {
    label: 'Offentlige tal',
    help: 'Kun afsluttede dage, afrundet, uden filtre: det, som ingen kan findes i.',
    values: {
      on: { label: 'Alle må se dem' },
      off: { label: 'Kun medlemmer og den, der har et link' },
    },
  },
  prometheus: {
    label: 'Prometheus',
    help: 'Tal for den sidste afsluttede dag, og cirka hvor mange besøgende der er nu, afrundet, i de metrikker, som driften læser.',
    values: onOff('Får dem vist', 'Får dem ikke vist'),
  },
  rate: {
    label: 'Målinger i sekundet',
    help: 'Flere end det afvises. Installationens grænse gælder, medmindre du skriver en.',
  },
  quota: {
    label: 'Målinger om dagen',
    help: 'Flere end det afvises. Installationens grænse gælder, medmindre du skriver en.',
  },
  cookie: {
    label: 'Cookie',
    help: 'Med en cookie genkendes en browser på andre dage, så mennesker kan tælles.',
    values: {
      off: { label: 'Aldrig', help: 'Der ses ikke på en, der følger med.' },
      consent: { label: 'Efter samtykke', help: 'Når den besøgende har sagt ja på jeres website.' },
      on: {
        label: 'Fra første visning',
        help: 'Medmindre den besøgende siger nej. Undersøg, om loven tillader jer det.',
      },
    },
  },
  'cookie-life': {
    label: 'Hvor længe cookien lever',
    values: {
      sliding: {
        label: 'Nogle dage efter sidste besøg',
        help: 'Hvert besøg forlænger den, til højst 13 måneder efter det første.',
      },
      fixed: { label: '13 måneder efter første besøg', help: 'Intet besøg forlænger den.' },
    },
  },
  'cookie-days': {
    label: 'Dage efter sidste besøg',
    help: 'Så længe beholdes en cookie, som hvert besøg forlænger: 1 til 180.',
  },
  recognition: {
    label: 'Besøgende uden cookie',
    values: {
      none: {
        label: 'Genkendes ikke',
        help: 'Sidevisninger tælles, men samles ikke til besøg.',
      },
      'day-key': {
        label: 'Genkendes inden for en dag',
        help: 'Med en tilfældig nøgle i hukommelsen, som er væk ved midnat. Dage kan ikke forbindes.',
      },
    },
  },
  'address-for-recognition': {
    label: 'Hvad af en adresse der skelner besøgende',
    help: 'Kun i hukommelsen; en adresse gemmes aldrig.',
    values: {
      cut: {
        label: 'Dens første del',
        help: 'Den, der deler netværk og slags browser, tæller som én: omkring 2 % færre besøgende ved 1.000 browsere om dagen, 7 % ved 10.000 (simuleret).',
      },
      full: { label: 'Hele adressen', help: 'Mere nøjagtigt og tættere på personen.' },
    },
  },
  campaigns: { label: 'Kampagner (utm_…)', values: onOff('Gemmes', 'Udelades') },
  referrer: {
    label: 'Siden, der førte til et besøg',
    values: {
      host: { label: 'Kun dens vært' },
      path: { label: 'Vært og sti', help: 'Renset for det, der ligner noget personligt.' },
    },
  },
  place: {
    label: 'Hvor besøgende er',
    help: 'Så vidt databasen over steder ved det.',
    values: {
      country: { label: 'Land' },
      region: { label: 'Land og region' },
      city: { label: 'Land, region og by' },
    },
  },
  signals: {
    label: 'Global Privacy Control og Do Not Track',
    values: {
      obey: { label: 'Følges', help: 'Browsere, der sender et af dem, tælles ikke.' },
      ignore: {
        label: 'Der ses ikke på dem',
        help: 'En indsigelse på siden om privatliv gælder stadig.',
      },
    },
  },
  rounding: {
    label: 'Afrunding for udenforstående',
    help: 'Delte og offentlige tal er gange af dette; 1 for nøjagtige.',
  },
  'visits-kept': {
    label: 'Dage, besøg gemmes',
    help: 'Så langt tilbage rækker filtre og stier. 0 gemmer kun summer: hver dag tælles sammen, når den er slut, og dens besøg slettes.',
  },
  'totals-kept': {
    label: 'Måneder, summer gemmes',
    help: 'Summer af dage er kun tal; intet besøg kan læses ud af dem.',
  },
  controller: {
    label: 'Hvem der bestemmer, hvad der tælles',
    help: 'Navn og adresse på den dataansvarlige (GDPR art. 4, nr. 7).',
  },
  'controller-contact': {
    label: 'Kontakt til den dataansvarlige',
    help: 'En mailadresse eller en sides https-adresse.',
  },
  dpo: { label: 'Databeskyttelsesrådgiver', help: 'Hvordan vedkommende nås, hvis I har en.' },
  'hosting-region': { label: 'Hvor maskinerne står', help: 'Som i EU (Danmark).' },
  recipients: {
    label: 'Databehandlere',
    help: 'Med semikolon imellem, som i Example Hosting ApS, Danmark; Example Mail AB, Sverige; eller none for ingen.',
  },
  purpose: {
    label: 'Hvad tallene bruges til',
    help: 'Hvis til mere end at forbedre websitet.',
  },
  'backups-kept': {
    label: 'Dage, sikkerhedskopier gemmes',
    help: 'Arkiveret WAL medregnet; 0 for ingen.',
  },
  'collector-url': {
    label: 'Hvor browsere når serveren',
    help: 'Som i https://stats.example.com.',
  },
};

/** What is said of each setting, by its name. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
