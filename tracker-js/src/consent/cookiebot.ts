import { tell } from './tell';

/** What Cookiebot says of a visitor's choice. */
interface Cookiebot {
  consent?: { statistics?: boolean };
  /** Whether the visitor has chosen, now or before. */
  hasResponse?: boolean;
}

declare global {
  interface Window {
    Cookiebot?: Cookiebot;
  }
}

/**
 * The choice as Cookiebot knows it: category "statistics". Before the visitor has chosen nothing is
 * said.
 */
const look = () => {
  const cookiebot = window.Cookiebot;
  if (cookiebot?.hasResponse) {
    tell(cookiebot.consent?.statistics);
  }
};

look();
['CookiebotOnConsentReady', 'CookiebotOnAccept', 'CookiebotOnDecline'].map((event) => {
  addEventListener(event, look);
});
