import { pluralIn } from '../text/plural';

const english = pluralIn('en');
const danish = pluralIn('da');

export const en = {
  search: 'Search in these',
  rows: 'All rows; scroll to see all',
  none: 'None of them has that in it.',
  file: 'CSV',
  before: 'The rows before',
  after: 'The rows after',
  shown: (first: string, last: string, total: string, count: number) =>
    english(count, { one: '1 row', other: `${first}–${last} of ${total} rows` }),
};

export const da: typeof en = {
  search: 'Søg i disse',
  rows: 'Alle rækker; rul for at se alle',
  none: 'Ingen af dem har det i sig.',
  file: 'CSV',
  before: 'Rækkerne før',
  after: 'Rækkerne efter',
  shown: (first, last, total, count) =>
    danish(count, { one: '1 række', other: `${first}–${last} af ${total} rækker` }),
};
