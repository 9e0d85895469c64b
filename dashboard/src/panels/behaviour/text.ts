import { texts } from '../../text';
import { da } from './da';
import { en } from './en';

/** What is said of what visitors do. */
export const words = texts({ en, da });
