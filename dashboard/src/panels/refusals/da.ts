import type { RefusalsText } from './en';

const again = 'Vores tracker sender det igen.';

/** What is said of what was not counted, in Danish. */
export const da: RefusalsText = {
  title: 'Ikke talt med',
  tabs: { reasons: 'Hvorfor', programs: 'Programmer', cleaned: 'Udeladt' },
  day: 'Dag',
  what: 'Hvad',
  detail: 'Nærmere bestemt',
  count: 'Gange',
  overTime: 'Hvad der ikke blev talt med, over tid og efter grund',
  sum: (_, shown) => `${shown} blev ikke talt med`,
  none: 'Alt, hvad der blev sendt i dette tidsrum, blev talt med.',
  noPrograms: 'Intet program blev mødt i dette tidsrum.',
  noCleaned: 'Der var intet i dette tidsrum, der måtte udelades.',
  unfiltered: 'Uanset filtrene: af det, der ikke tælles med, bevares intet at filtrere efter.',
  others: 'Andre grunde',
  settings: 'Til indstillingen',
  cleanedHelp:
    'Fundet i adresser eller egenskaber og udeladt, før noget blev gemt. Sidevisningen eller hændelsen blev talt med.',
  reasons: {
    aborted: {
      name: 'Afbrudt',
      what: 'Forbindelsen endte, før alt var nået frem.',
      can: 'Intet: besøgende går igen.',
    },
    malformed: {
      name: 'Kunne ikke læses',
      what: 'Det, der blev sendt, er intet, serveren forstår.',
      can: 'Vores tracker sender ingen af disse; se på det, du selv sender. Svaret siger, hvad der er galt.',
    },
    'too-large': {
      name: 'For stort',
      what: 'Det var større end 64 KB.',
      can: 'Send færre eller kortere egenskaber.',
    },
    'unknown-site': {
      name: 'Ukendt website',
      what: 'Intet website af det navn er registreret.',
      can: 'Tilføj websitet, eller ret data-site i koden.',
    },
    host: {
      name: 'Et andet domæne',
      what: 'Siden er på et domæne, der ikke er websitets.',
      can: 'Er domænet dit, så føj det til websitets domæner. Ellers har nogen kopieret din side med dens kode.',
    },
    prefetch: {
      name: 'Hentet på forhånd',
      what: 'Browseren hentede siden forud for et besøg.',
      can: 'Intet: kommer den besøgende, tæller besøget.',
    },
    'opted-out': {
      name: 'Vil ikke tælles med',
      what: 'Global Privacy Control, Do Not Track eller vores egen måde at sige fra på.',
      can: 'Intet: det er deres valg.',
    },
    'excluded-page': {
      name: 'Undtaget side',
      what: 'Websitet undtager siden.',
      can: 'Tag den af de undtagne sider, hvis den skal tælles med.',
    },
    'excluded-network': {
      name: 'Undtaget netværk',
      what: 'Websitet undtager netværket.',
      can: 'Det er jeres egne besøg. Tag netværket af de undtagne, hvis de skal tælles med.',
    },
    spam: {
      name: 'Falsk henviser',
      what: 'Siden, der førte hertil, er kendt for falske henvisninger.',
      can: 'Intet: ingen kom derfra.',
    },
    bot: {
      name: 'Programmer',
      what: 'Et program sendte det, ikke et menneske.',
      can: 'Fanen Programmer nævner dem og siger, hvad man gør, hvis et af dem er et menneske.',
    },
    'rate-limited': {
      name: 'For mange fra én adresse',
      what: 'Dens adresse havde sendt for mange inden for et minut.',
      can: 'Er det jeres proxy, så lad driften nævne den i --trusted-proxies; er det et kontor med mange mennesker, i --rate-limit-exempt.',
    },
    'site-rate': {
      name: 'For mange på et sekund',
      what: 'Websitet fik flere på et sekund, end det må få.',
      can: 'Hæv websitets indstilling rate.',
    },
    'site-quota': {
      name: 'For mange på en dag',
      what: 'Websitet fik flere på en dag, end det må få.',
      can: 'Hæv websitets indstilling quota.',
    },
    late: {
      name: 'For sent',
      what: 'Dagens tal var fuldstændige, før det blev gemt.',
      can: 'Kun hvor et website ingen genkender, og en server var væk over midnat: spørg driften hvorfor.',
    },
    duplicate: {
      name: 'Sendt to gange',
      what: 'Det blev sendt igen og talt første gang.',
      can: 'Intet: trackeren var ikke sikker på, at det første var nået frem.',
    },
    'no-open-visit': {
      name: 'Uden sidevisning',
      what: 'Det handler om en sidevisning, der ikke kendes eller er forbi.',
      can: 'Intet: tid på en side meldes sent, eller dens sidevisning blev ikke talt med.',
    },
    overloaded: {
      name: 'Serveren havde for travlt',
      what: 'For meget ventede på at blive gemt.',
      can: `${again} Bliver det ved, så sig det til driften: databasen er for langsom.`,
    },
    'spool-full': {
      name: 'Ingen plads at vente på',
      what: 'Databasen var væk, og der kunne ikke vente mere på disken.',
      can: `${again} Sig det til driften.`,
    },
    'storage-full': {
      name: 'Disken fuld',
      what: 'Disken var næsten fuld.',
      can: `${again} Bed driften om at skaffe plads.`,
    },
    'set-aside': {
      name: 'Lagt til side',
      what: 'Databasen afviste det, og det er gemt til side i 30 dage.',
      can: 'Sig det til driften, som finder det i tabellen set_aside.',
    },
    unavailable: {
      name: 'Ikke gemt',
      what: 'Det kunne ikke gemmes.',
      can: `${again} Sig det til driften, hvis log siger mere.`,
    },
  },
  programs: {
    'no-agent': {
      name: 'Siger intet om sig selv',
      why: 'Dets User-Agent mangler. Er det et menneske: en proxy tog headeren væk.',
    },
    other: {
      name: 'Andre programmer',
      why: 'Det siger, at det er et program, med ord som mange bruger.',
    },
    'no-browser': {
      name: 'Ingen browser',
      why: 'Det kalder sig noget, ingen browser gør, eller er for gammelt til trackeren. Er det et menneske: en proxy satte sit eget navn; lad den give den besøgendes videre.',
    },
    webdriver: {
      name: 'Styret browser',
      why: 'Browseren siger, at et program styrer den, som jeres egne test gør.',
    },
    headers: {
      name: 'Åbner kun sider',
      why: 'Det sender, hvad browsere sender, når de åbner sider, og aldrig når der tælles.',
    },
    'no-language': {
      name: 'Taler intet sprog',
      why: 'Enhver browser siger, hvilke sprog den taler. Ender næsten alle besøgende her: en proxy tog Accept-Language væk.',
    },
    'data-centre': {
      name: 'I et datacenter',
      why: 'Dets netværk står på driftens liste over datacentre. Er det et menneske: et kontor eller en VPN går igennem et; få det taget af listen.',
    },
  },
  kinds: {
    email: 'E-mailadresser',
    cpr: 'CPR-numre',
    phone: 'Telefonnumre',
    iban: 'Kontonumre (IBAN)',
    card: 'Kortnumre',
    jwt: 'Underskrevne nøgler (JWT)',
    id: 'Lange numre og nøgler',
    property: 'Egenskaber med navn som en person',
  },
};
