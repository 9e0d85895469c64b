import { said } from './said';

/** How the names of files end that are loaded to be kept. */
const files = /\.(csv|dmg|docx?|epub|exe|gz|mov|mp.|od.|pdf|pkg|pptx?|rar|txt|xlsx?|zip)$/i;

/**
 * Counts clicks: on what has `data-sporlos-event`, else on a link to a file, else on a link to another
 * host. Links are told without query and fragment.
 */
export const watchClicks = () => {
  const clicked = (event: MouseEvent) => {
    // Leads out of components, which hide what they are made of, and ends with document and window.
    const path = event.composedPath() as HTMLAnchorElement[];
    // The middle button opens links and does nothing else; the third one opens a menu.
    if (event.button > 1 || path.some((element) => element.tagName != 'FORM' && said(element))) {
      return;
    }
    // Addresses of mail have no host, roots of components no path.
    const link = path.find((element) => element.host && element.pathname);
    if (link) {
      const url = link.origin + link.pathname;
      if (link.download || files.test(url)) {
        window.sporlos?.('File Download', { props: { url } });
      } else if (link.host != location.host) {
        window.sporlos?.('Outbound Link: Click', { props: { url } });
      }
    }
  };
  // On the way in, so that nothing on the page can keep it from us.
  addEventListener('click', clicked, true);
  addEventListener('auxclick', clicked, true);
};
