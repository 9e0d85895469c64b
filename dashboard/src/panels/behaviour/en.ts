import { pluralIn } from '../../text/plural';

const plural = pluralIn('en');

/** What is said of what visitors do, in English. */
export const en = {
  title: 'Behaviour',
  tabs: {
    goals: 'Goals',
    properties: 'Properties',
    funnels: 'Funnels',
    paths: 'Paths',
    revenue: 'Revenue',
  },
  ask: 'Ask an owner or editor of the site.',
  noVisits:
    'This needs single visits, one step after the other: this site does not join what happens to visits, or those of this time are deleted.',
  goals: {
    none: 'There is no goal yet. A goal is something that visitors are to do: view a page, or cause an event such as a sign-up.',
    make: 'Make a goal',
  },
  properties: {
    said: 'Times said',
    choose: 'Property',
    none: 'There is no property yet. Pages and events may say more of themselves, as which plan was chosen; name the properties whose values you want to see here.',
    make: 'Name a property',
    nothing: 'No page and no event said anything under this name in this time.',
  },
  funnels: {
    choose: 'Funnel',
    none: 'There is no funnel yet. A funnel is two goals or more that visitors are to reach one after the other in one visit.',
    make: 'Make a funnel',
    step: 'Step',
    visits: 'Visits',
    ofFirst: 'Of the first',
    left: 'Left before',
    number: 'No.',
    leftShare: 'Share that left',
    visitsBefore: 'Visits before',
    ofFirstBefore: 'Of the first before',
    reached: (share: string) => `${share} of the visits that reach the first step reach the last.`,
    before: (share: string) => `${share} before.`,
    nothing: 'No visit reached the first step in this time.',
  },
  paths: {
    page: 'Page',
    depth: 'Steps',
    steps: (count: number) => plural(count, { one: '1 step', other: `${count} steps` }),
    label: (page: string) =>
      `Ways to and from ${page}, as streams: the broader, the more visits. The table says the same.`,
    entry: 'Entry',
    exit: 'Exit',
    other: 'Others',
    before: 'Where they came from',
    after: 'Where they went',
    visits: (count: number, shown: string) =>
      `${shown} ${plural(count, { one: 'visit', other: 'visits' })} viewed this page. Shown is what came before and after the first view of it.`,
    small: 'What fewer than five visits did is added up as “Others”.',
    nothing: 'No visit viewed this page in this time.',
    asFlow: 'Streams',
    table: 'Ways to and from the page',
    share: 'Share',
    when: 'When',
    sides: { before: 'Before', after: 'After' },
    way: 'Way',
  },
  revenue: {
    none: 'No goal is worth money yet. Make one with a currency, and send amounts with its event, or say what each is worth.',
    make: 'Make a goal with a value',
    currency: 'Currency',
    total: 'Revenue',
    average: 'Average',
    conversions: 'Conversions',
  },
};

export type BehaviourText = typeof en;
