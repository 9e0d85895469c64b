import { texts } from '../../text';

const en = {
  intro:
    'What is changed here holds for what comes from now on; figures of the past stay as they are.',
  where: 'Whose pages count',
  not: 'What does not count',
  paths: 'How pages are named',
  others: 'Trackers of other products',
  limits: 'Limits',
};

const da: typeof en = {
  intro: 'Ændringer her gælder for det, der kommer fra nu af; fortidens tal bliver, som de er.',
  where: 'Hvis sider tæller',
  not: 'Hvad der ikke tæller',
  paths: 'Hvordan sider navngives',
  others: 'Andre produkters trackere',
  limits: 'Grænser',
};

/** What the page of what counts says. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
