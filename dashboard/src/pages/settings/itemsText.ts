import { texts } from '../../text';

const en = {
  actions: 'Actions',
  personal: 'Only you see it',
  never: 'never',
};

const da: typeof en = {
  actions: 'Handlinger',
  personal: 'Kun du ser det',
  never: 'aldrig',
};

/** What lists of things say that can be added and removed. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
