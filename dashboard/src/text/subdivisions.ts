import { iso31662 } from 'iso-3166';

/** The regions of all countries, by their codes of ISO 3166-2. */
export const subdivisions = new Map(iso31662.map(({ code, name }) => [code, name]));
