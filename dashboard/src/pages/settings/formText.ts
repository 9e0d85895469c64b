import { texts } from '../../text';

const en = {
  save: 'Save',
  discard: 'Discard',
  unsaved: 'Not saved yet',
  saving: 'Saving…',
  saved: (time: string) => `Saved at ${time}`,
  leave: 'What you changed here is not saved. Leave it behind?',
  byDefault: (value: string) => `Unless you say so: ${value}.`,
  back: 'Back to it',
  nothing: 'nothing',
};

const da: typeof en = {
  save: 'Gem',
  discard: 'Fortryd',
  unsaved: 'Ikke gemt endnu',
  saving: 'Gemmer…',
  saved: (time) => `Gemt kl. ${time}`,
  leave: 'Det, du har ændret her, er ikke gemt. Vil du forlade det?',
  byDefault: (value) => `Medmindre du siger andet: ${value}.`,
  back: 'Tilbage til det',
  nothing: 'intet',
};

/** What stands beneath settings that are saved together. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
