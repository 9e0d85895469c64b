import { texts } from '../../text';
import { da } from './da';
import { en } from './en';

/** What is said of what was not counted. */
export const words = texts({ en, da });

/** What a reason is called. */
export const reasonName = (reason: string): string => words().reasons[reason]?.name ?? reason;

/** What a program is called: crawlers by their own names. */
export const programName = (detail: string): string =>
  words().programs[detail === '' ? 'other' : detail]?.name ?? detail;
