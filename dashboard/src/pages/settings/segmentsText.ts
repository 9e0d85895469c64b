import { texts } from '../../text';

const en = {
  intro:
    'Filters with a name. They are saved where one filters: choose filters at the figures, and save them as a segment.',
  toFigures: 'To the figures',
  none: 'There is no segment yet.',
  name: 'Name',
  filters: 'Filters',
  and: 'and',
  show: 'Show',
  shows: (name: string) => `Show the figures of ${name}`,
  warning: 'Links to figures with this segment lead nowhere any more.',
};

const da: typeof en = {
  intro:
    'Filtre med et navn. De gemmes der, hvor man filtrerer: vælg filtre ved tallene, og gem dem som segment.',
  toFigures: 'Til tallene',
  none: 'Der er ingen segmenter endnu.',
  name: 'Navn',
  filters: 'Filtre',
  and: 'og',
  show: 'Vis',
  shows: (name) => `Vis tallene for ${name}`,
  warning: 'Links til tal med dette segment fører ingen steder hen mere.',
};

/** What the page of segments says. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
