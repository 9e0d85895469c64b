import { adopt, clicked, count, download, onClick, outbound, plain, start } from './adopt';

interface Options {
  props?: object;
  meta?: object;
  revenue?: { amount: number | string; currency: string };
  interactive?: boolean;
  callback?: (result?: object) => void;
}

/** What a page says to `plausible.init()`. */
interface Settings {
  autoCapturePageviews?: boolean;
  outboundLinks?: boolean;
  fileDownloads?: unknown;
  formSubmissions?: boolean;
}

interface Plausible {
  (name: string, options?: Options): void;
  q?: Parameters<Plausible>[];
  /** What the stub was told. */
  o?: Settings;
  init?: (settings?: Settings) => void;
  l?: boolean;
}

declare global {
  interface Window {
    plausible?: Plausible;
  }
}

const stub = window.plausible;

/** What the script's name asks for, as in `script.outbound-links.js`. */
let asked: (extension: string) => boolean = () => false;

// The newer snippet names no site; its script is of one alone. Ours is of all, so the page's own
// host is the site unless the snippet says another.
const script = stub?.l
  ? undefined
  : adopt(
      (element) => {
        const name = element.src.replace(/.*\//, '');
        asked = (extension) => name.split('.').includes(extension);
        return `plausible:${(element.dataset.domain ?? location.hostname).replace(/,.*/, '')}`;
      },
      (element) => element.dataset.api?.replace(/\/(api\/)?event$/, '') ?? '..',
    );

if (script) {
  let manual = asked('manual');
  let settings: Settings = {};
  const plausible: Plausible = (name, options = {}) => {
    if (name == 'pageview') {
      start(); // which the tracker does once
    } else {
      count(name, {
        props: plain(options.props ?? options.meta),
        revenue: options.revenue,
        interactive: options.interactive,
      });
    }
    options.callback?.({ status: 202 });
  };
  plausible.init = (said = {}) => {
    settings = said;
  };
  plausible.l = true;
  if (stub?.o) {
    plausible.init(stub.o);
    manual ||= settings.autoCapturePageviews === false;
  }
  window.plausible = plausible;

  if (!manual) {
    start();
  }
  stub?.q?.forEach((call) => {
    plausible(...call);
  });

  onClick((event) => {
    // <a class="plausible-event-name=Sign+Up plausible-event-plan=Pro">
    const tagged = clicked(event, '[class*="plausible-event-name"]');
    const link = outbound(event);
    const file = download(event);
    if (tagged && asked('tagged-events')) {
      const props: Record<string, string> = {};
      for (const [, key, value] of tagged.className.matchAll(
        /plausible-event-([\w-]+)(?:=|--)(\S+)/g,
      )) {
        props[key + ''] = (value + '').replace(/\+/g, ' ');
      }
      const { name, ...others } = props;
      count(name + '', { props: others });
    } else if (file && (asked('file-downloads') || settings.fileDownloads)) {
      count('File Download', { props: { url: file } });
    } else if (link && (asked('outbound-links') || settings.outboundLinks)) {
      count('Outbound Link: Click', { props: { url: link } });
    }
  });
  document.addEventListener(
    'submit',
    () =>
      settings.formSubmissions && count('Form: Submission', { props: { path: location.pathname } }),
  );
}
