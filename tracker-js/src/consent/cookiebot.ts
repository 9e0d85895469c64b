import { hear } from './hear';
import { tell } from './tell';

/** What Cookiebot says of a visitor's choice: https://www.cookiebot.com/en/developer/ */
interface Cookiebot {
  consent: {
    statistics: boolean;
    /** `implied` where Cookiebot has taken it for granted. */
    method?: string | null;
  };
  /** Whether the visitor has chosen, now or before. */
  hasResponse: boolean;
}

declare global {
  interface Window {
    Cookiebot?: Cookiebot;
  }
}

hear(
  (event) => {
    const cookiebot = window.Cookiebot;
    // A choice that is withdrawn has no response any more, and is told as declined.
    if (
      cookiebot &&
      (cookiebot.hasResponse || event?.type == 'CookiebotOnDecline') &&
      cookiebot.consent.method != 'implied'
    ) {
      tell(cookiebot.consent.statistics);
    }
  },
  'CookiebotOnConsentReady',
  'CookiebotOnAccept',
  'CookiebotOnDecline',
);
