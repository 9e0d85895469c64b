import { texts } from '../../text';

const en = {
  intro:
    'What is past its time is deleted by itself, day by day, and the audit says so. A longer time brings nothing back.',
};

const da: typeof en = {
  intro:
    'Det, hvis tid er gået, slettes af sig selv, dag for dag, og historikken siger det. En længere tid bringer intet tilbage.',
};

/** What the page of how long things are kept says. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
