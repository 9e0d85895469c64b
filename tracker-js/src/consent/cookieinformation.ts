import { hear } from './hear';
import { tell } from './tell';

/** What Cookie Information says of a visitor's choice. */
interface CookieInformation {
  getConsentGivenFor?: (category: string) => boolean;
}

declare global {
  interface Window {
    CookieInformation?: CookieInformation;
  }
}

hear((event) => {
  const given = window.CookieInformation?.getConsentGivenFor?.('cookie_cat_statistic');
  // Its answer is no until it knows better. Taken at its word then, every page would withdraw what
  // the visitor has given; a no that was chosen comes with the event.
  if (given || (event && given == false)) {
    tell(given);
  }
}, 'CookieInformationConsentGiven');
