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

/** The choice as Cookie Information knows it: category "cookie_cat_statistic". */
const look = () => {
  const given = window.CookieInformation?.getConsentGivenFor?.('cookie_cat_statistic');
  if (given !== undefined) {
    tell(given);
  }
};

// Without a choice made before, its answer is no, which takes nothing from a visitor who has none.
look();
addEventListener('CookieInformationConsentGiven', look);
