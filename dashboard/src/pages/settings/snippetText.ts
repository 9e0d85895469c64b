import { texts } from '../../text';

const en = {
  help: 'Put this into the head of each page that is to be counted.',
  check: 'Does it work?',
  waiting: 'Waiting for the first visit… Open a page of the site in a browser.',
  waitingHelp:
    'This page looks again every few seconds. A browser that asks not to be tracked is not counted.',
  seen: (views: string) => `Seen: ${views} in the last half hour.`,
  views: (count: number) => (count === 1 ? '1 page view' : `${count} page views`),
  pages: 'The pages that are looked at now:',
  refused: 'Beacons of this site arrived today, but were not counted:',
  refusal: (count: number, reason: string) => `${count} × ${reason}`,
  noScript: 'Visitors without scripts',
  noScriptHelp:
    'A picture counts their page views. Put it into the body of each page, if you want them counted.',
  noScriptLabel: 'The picture for visitors without scripts',
  choice: 'Let visitors object on your own site',
  choiceHelp: 'Link to this page; whoever objects there is not counted any more.',
  choiceLabel: 'The address of the privacy page',
};

const da: typeof en = {
  help: 'Sæt dette ind i hovedet på hver side, der skal tælles.',
  check: 'Virker den?',
  waiting: 'Venter på det første besøg… Åbn en side på websitet i en browser.',
  waitingHelp:
    'Siden ser efter igen med få sekunders mellemrum. En browser, der beder om ikke at blive sporet, tælles ikke.',
  seen: (views) => `Set: ${views} i den sidste halve time.`,
  views: (count) => (count === 1 ? '1 sidevisning' : `${count} sidevisninger`),
  pages: 'De sider, der ses på nu:',
  refused: 'Målinger af dette website kom i dag, men blev ikke talt:',
  refusal: (count, reason) => `${count} × ${reason}`,
  noScript: 'Besøgende uden scripts',
  noScriptHelp:
    'Et billede tæller deres sidevisninger. Sæt det ind i kroppen på hver side, hvis de skal tælles.',
  noScriptLabel: 'Billedet til besøgende uden scripts',
  choice: 'Lad besøgende gøre indsigelse fra jeres eget website',
  choiceHelp: 'Link til denne side; den, der gør indsigelse der, tælles ikke mere.',
  choiceLabel: 'Adressen på siden om privatliv',
};

/** What the page of the snippet says. */
export const words = texts({ en, da });

export const dictionaries = { en, da };
