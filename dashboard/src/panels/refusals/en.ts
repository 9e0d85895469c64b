import { pluralIn } from '../../text/plural';

const plural = pluralIn('en');

interface ReasonText {
  name: string;
  /** What happened. */
  what: string;
  /** What somebody can do about it. */
  can: string;
}

interface ProgramText {
  name: string;
  /** What shows that it is a program, and what to do if it is a person. */
  why: string;
}

const again = 'Our tracker sends it again.';

/** What is said of what was not counted, in English. */
export const en = {
  title: 'Not counted',
  tabs: { reasons: 'Why', programs: 'Programs', cleaned: 'Left out' },
  day: 'Day',
  what: 'What',
  detail: 'More exactly',
  count: 'Times',
  overTime: 'What was not counted over time, by reason',
  sum: (count: number, shown: string) =>
    `${shown} ${plural(count, { one: 'was not counted', other: 'were not counted' })}`,
  none: 'All that was sent in this time was counted.',
  noPrograms: 'No program was met in this time.',
  noCleaned: 'There was nothing in this time that had to be left out.',
  unfiltered: 'Whatever the filters: of what is not counted, nothing is kept to filter by.',
  others: 'Other reasons',
  settings: 'To the setting',
  cleanedHelp:
    'Found in addresses or properties, and left out before anything was stored. The page view or event was counted.',
  reasons: {
    aborted: {
      name: 'Broken off',
      what: 'The connection ended before all had arrived.',
      can: 'Nothing: visitors leave.',
    },
    malformed: {
      name: 'Could not be read',
      what: 'What was sent is nothing that the server understands.',
      can: 'Our tracker sends none of these; look at what you send by yourself. The answer says what is wrong.',
    },
    'too-large': {
      name: 'Too large',
      what: 'It was larger than 64 KB.',
      can: 'Send fewer or shorter properties.',
    },
    'unknown-site': {
      name: 'Unknown site',
      what: 'No site of that name is registered.',
      can: 'Add the site, or mend data-site in the snippet.',
    },
    host: {
      name: 'Another host',
      what: 'The page is on a host that is not the site’s.',
      can: 'If the host is yours, add it to the hosts of the site. Otherwise somebody copied your page with its snippet.',
    },
    prefetch: {
      name: 'Loaded ahead',
      what: 'The browser loaded the page ahead of a visit.',
      can: 'Nothing: if the visitor comes, the visit counts.',
    },
    'opted-out': {
      name: 'Does not want to be counted',
      what: 'Global Privacy Control, Do Not Track, or our own way to object.',
      can: 'Nothing: that is their choice.',
    },
    'excluded-page': {
      name: 'Excluded page',
      what: 'The site excludes the page.',
      can: 'Take it off the excluded pages if it is to be counted.',
    },
    'excluded-network': {
      name: 'Excluded network',
      what: 'The site excludes the network.',
      can: 'These are your own visits. Take the network off the excluded ones if they are to be counted.',
    },
    spam: {
      name: 'Forged referrer',
      what: 'The page that led here is known for forged referrers.',
      can: 'Nothing: nobody came from there.',
    },
    bot: {
      name: 'Programs',
      what: 'A program sent it, not a person.',
      can: 'The tab Programs names them, and says what to do if one of them is a person.',
    },
    'rate-limited': {
      name: 'Too many from one address',
      what: 'Its address had sent too many within a minute.',
      can: 'If it is a proxy of yours, have the operator name it in --trusted-proxies; if it is an office with many people, in --rate-limit-exempt.',
    },
    'site-rate': {
      name: 'Too many within a second',
      what: 'The site had more within a second than it may have.',
      can: 'Raise the site’s setting rate.',
    },
    'site-quota': {
      name: 'Too many within a day',
      what: 'The site had more within its day than it may have.',
      can: 'Raise the site’s setting quota.',
    },
    late: {
      name: 'Too late',
      what: 'The figures of its day were complete before it was stored.',
      can: 'Only where a site recognises nobody and a server was away over midnight: ask the operator why it was.',
    },
    duplicate: {
      name: 'Sent twice',
      what: 'It was sent again, and counted the first time.',
      can: 'Nothing: the tracker was not sure that the first one had arrived.',
    },
    'no-open-visit': {
      name: 'Of no page view',
      what: 'It reports on a page view that is not known, or over.',
      can: 'Nothing: time on a page is reported late, or its page view was not counted.',
    },
    overloaded: {
      name: 'Server too busy',
      what: 'Too much was waiting to be stored.',
      can: `${again} If it goes on, tell the operator: the database is too slow.`,
    },
    'spool-full': {
      name: 'No room to wait',
      what: 'The database was away, and no more could wait on disk.',
      can: `${again} Tell the operator.`,
    },
    'storage-full': {
      name: 'Disk full',
      what: 'The disk was nearly full.',
      can: `${again} Tell the operator to make room.`,
    },
    'set-aside': {
      name: 'Set aside',
      what: 'The database refused it, and it is kept aside for 30 days.',
      can: 'Tell the operator, who finds it in the table set_aside.',
    },
    unavailable: {
      name: 'Not stored',
      what: 'It could not be stored.',
      can: `${again} Tell the operator, whose log says more.`,
    },
  } as Record<string, ReasonText>,
  programs: {
    'no-agent': {
      name: 'Says nothing of itself',
      why: 'Its User-Agent is missing. If it is a person: a proxy took the header away.',
    },
    other: { name: 'Other programs', why: 'It says that it is a program, in words that many use.' },
    'no-browser': {
      name: 'No browser',
      why: 'It calls itself what no browser does, or is too old for the tracker. If it is a person: a proxy put its own name there; let it pass the visitor’s on.',
    },
    webdriver: {
      name: 'Driven browser',
      why: 'The browser says that a program drives it, as your own tests do.',
    },
    headers: {
      name: 'Opens pages only',
      why: 'It sends what browsers send when they open pages, and never with a count.',
    },
    'no-language': {
      name: 'Speaks no language',
      why: 'Every browser says which languages it speaks. If nearly all visitors end here: a proxy took Accept-Language away.',
    },
    'data-centre': {
      name: 'In a data centre',
      why: 'Its network is on the operator’s list of data centres. If it is a person: an office or VPN goes through one; have it taken off the list.',
    },
  } as Record<string, ProgramText>,
  kinds: {
    email: 'E-mail addresses',
    cpr: 'Personal numbers (CPR)',
    phone: 'Telephone numbers',
    iban: 'Account numbers (IBAN)',
    card: 'Card numbers',
    jwt: 'Signed tokens (JWT)',
    id: 'Long numbers and keys',
    property: 'Properties named like a person',
  } as Record<string, string>,
};

export type RefusalsText = typeof en;
