import { texts } from '../../text';

const en = {
  intro: 'Goals that are reached one after the other: the figures say where visits stop.',
  add: 'Add a funnel',
  none: 'There is no funnel yet.',
  few: 'A funnel takes at least two goals.',
  toGoals: 'Add goals first',
  name: 'Name',
  steps: 'Steps',
  step: (number: number) => `Step ${number}`,
  choose: 'Choose a goal',
  addStep: 'Another step',
  removeStep: (number: number) => `Remove step ${number}`,
  gone: 'a goal that is gone',
  warning: 'Its goals stay.',
};

const da: typeof en = {
  intro: 'Mål, der nås et efter et: tallene siger, hvor besøg stopper.',
  add: 'Tilføj en tragt',
  none: 'Der er ingen tragte endnu.',
  few: 'En tragt kræver mindst to mål.',
  toGoals: 'Tilføj først mål',
  name: 'Navn',
  steps: 'Trin',
  step: (number) => `Trin ${number}`,
  choose: 'Vælg et mål',
  addStep: 'Endnu et trin',
  removeStep: (number) => `Fjern trin ${number}`,
  gone: 'et mål, der er væk',
  warning: 'Dens mål bliver.',
};

/** What the page of funnels says. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
