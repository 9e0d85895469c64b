import { texts } from '../../text';

const en = {
  intro:
    'Values of these properties are totalled each day, so that they can be read when visits are gone. Put nothing personal into properties.',
  add: 'Add a property',
  none: 'No property is totalled yet.',
  name: 'Name',
  nameHelp: 'As your events and pages say it, such as plan.',
  warning: 'Its values are not totalled any more, and totals so far are gone.',
};

const da: typeof en = {
  intro:
    'Disse egenskabers værdier tælles sammen hver dag, så de kan læses, når besøgene er væk. Læg intet personligt i egenskaber.',
  add: 'Tilføj en egenskab',
  none: 'Ingen egenskab tælles sammen endnu.',
  name: 'Navn',
  nameHelp: 'Som jeres hændelser og sider siger det, fx plan.',
  warning: 'Dens værdier tælles ikke mere sammen, og summerne indtil nu er væk.',
};

/** What the page of properties says. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
