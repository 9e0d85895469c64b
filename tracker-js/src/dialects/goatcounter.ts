import { adopt, clicked, count, onClick, start } from './adopt';

interface Vars {
  path?: string | ((path: string) => string);
  event?: boolean;
}

interface GoatCounter {
  no_onload?: boolean;
  no_events?: boolean;
  count?: (vars?: Vars) => void;
  url?: () => string;
  filter?: () => string | false;
  bind_events?: () => void;
}

declare global {
  interface Window {
    goatcounter?: GoatCounter;
  }
}

const said: GoatCounter = window.goatcounter ?? {};

/** Whether somebody has chosen not to be counted, as GoatCounter keeps that. */
const skips = () => {
  try {
    return localStorage.getItem('skipgc') == 't';
  } catch {
    return false; // storage is blocked: nothing was chosen
  }
};

// The snippet's `data-goatcounter` is the address of beacons, whose host is the site.
const script = said.count
  ? undefined
  : adopt(
      ({ dataset: { goatcounter } }) => {
        const endpoint = goatcounter && new URL(goatcounter, location.href);
        return endpoint && `goatcounter:${endpoint.searchParams.get('site') ?? endpoint.hostname}`;
      },
      ({ dataset: { goatcounter } }) => (goatcounter + '').replace(/\/count(\?.*)?$/, ''),
    );

if (script) {
  const settings: GoatCounter = {
    ...(JSON.parse(script.dataset.goatcounterSettings ?? '{}') as GoatCounter),
    ...said,
  };
  const bind = () => {
    // <a data-goatcounter-click="signup">
    onClick((event) => {
      const element = clicked(event, '[data-goatcounter-click]');
      if (element) {
        count((element.dataset.goatcounterClick ?? '') || element.id);
      }
    });
  };
  window.goatcounter = {
    ...settings,
    filter: () => (skips() ? 'localStorage' : false),
    url: () => location.pathname,
    bind_events: bind,
    count: ({ path, event } = {}) => {
      if (!skips()) {
        const name = typeof path == 'function' ? path(location.pathname) : path;
        if (event && name) {
          count(name);
        } else {
          start(); // the page, which the tracker begins with
        }
      }
    },
  };
  if (!settings.no_onload) {
    window.goatcounter.count?.();
  }
  if (!settings.no_events) {
    bind();
  }
}
