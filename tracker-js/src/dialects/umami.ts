import { adopt, clicked, count, onClick, plain, start } from './adopt';

type Payload = Record<string, unknown>;

interface Umami {
  track: (event?: string | Payload | ((payload: Payload) => Payload), data?: object) => void;
  /** Says who the visitor is, which nobody here wants to know. */
  identify: (...anybody: unknown[]) => void;
  getSession: () => object;
}

declare global {
  interface Window {
    umami?: Umami;
  }
}

const isOff = () => {
  try {
    return localStorage.getItem('umami.disabled');
  } catch {
    return null; // storage is blocked: nothing was chosen
  }
};

const script =
  window.umami || isOff()
    ? undefined
    : adopt(
        ({ dataset: { websiteId } }) => websiteId && `umami:${websiteId.toLowerCase()}`,
        (element) => element.dataset.hostUrl?.replace(/\/$/, '') ?? '.',
      );

const domains = script?.dataset.domains?.split(',').map((domain) => domain.trim());

if (script && (!domains || domains.includes(location.hostname))) {
  window.umami = {
    track: (event, data) => {
      const said = typeof event == 'function' ? event({}) : event;
      const named = typeof said == 'object' ? said : { name: said, data };
      if (typeof named.name == 'string' && named.name) {
        count(named.name, { props: plain(named.data) });
      } else {
        start(); // a page view, which the tracker begins with
      }
    },
    identify: () => undefined,
    getSession: () => ({}),
  };

  if (script.dataset.autoTrack != 'false') {
    start();
  }
  // <button data-umami-event="Sign up" data-umami-event-plan="Pro">
  onClick((event) => {
    const { umamiEvent, ...others } = clicked(event, '[data-umami-event]')?.dataset ?? {};
    if (umamiEvent) {
      const props: Record<string, string> = {};
      Object.entries(others).forEach(([key, value]) => {
        if (key.startsWith('umamiEvent')) {
          const name = key.slice('umamiEvent'.length);
          props[name.charAt(0).toLowerCase() + name.slice(1)] = value + '';
        }
      });
      count(umamiEvent, { props });
    }
  });
}
