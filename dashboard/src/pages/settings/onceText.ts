import { texts } from '../../text';

const en = { done: 'I have it' };

const da: typeof en = { done: 'Jeg har det' };

/** What is said where something is shown once. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
