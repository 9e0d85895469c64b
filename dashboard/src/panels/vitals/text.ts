import { texts } from '../../text';

const en = {
  title: 'Web vitals',
  names: {
    lcp: 'Largest Contentful Paint',
    inp: 'Interaction to Next Paint',
    cls: 'Cumulative Layout Shift',
    ttfb: 'Time to First Byte',
  },
  classes: { good: 'Good', needs_work: 'Needs work', poor: 'Poor' },
  what: 'Three of four views were at least as good as the figure says. Counted by page and kind of device, and with no visit.',
  page: 'Page',
  pages: 'Web vitals by page',
  good: (vital: string) => `${vital}, good`,
  views: 'Views',
  of: (shown: string) => `Of ${shown} views`,
  none: 'No page has reported how it loads, reacts and holds still. Add this line beside the snippet:',
  code: 'Script that reports web vitals',
  filtered:
    'Of web vitals only page, host and device are known: remove the other filters to see them.',
};

const da: typeof en = {
  title: 'Web vitals',
  names: {
    lcp: 'Største indhold vist (LCP)',
    inp: 'Svar på handling (INP)',
    cls: 'Indhold flytter sig (CLS)',
    ttfb: 'Første byte (TTFB)',
  },
  classes: { good: 'God', needs_work: 'Kan forbedres', poor: 'Dårlig' },
  what: 'Tre af fire visninger var mindst lige så gode, som tallet siger. Talt efter side og slags enhed, og uden noget besøg.',
  page: 'Side',
  pages: 'Web vitals efter side',
  good: (vital) => `${vital}, gode`,
  views: 'Visninger',
  of: (shown) => `Af ${shown} visninger`,
  none: 'Ingen side har meldt, hvordan den indlæses, svarer og står stille. Sæt denne linje ind ved siden af scriptet:',
  code: 'Script, der melder web vitals',
  filtered: 'Om web vitals vides kun side, vært og enhed: fjern de andre filtre for at se dem.',
};

/** What is said of how pages load, react and hold still. */
export const words = texts({ en, da });
