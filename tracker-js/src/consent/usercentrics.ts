import { script } from '../script';
import { hear } from './hear';
import { tell } from './tell';

/** What Usercentrics says of a service: the third version of its interface, or the second. */
interface Service {
  name: string;
  consent: { given: boolean; type: string } | { status: boolean; history?: { type: string }[] };
}

declare global {
  interface Window {
    /** Third version. */
    __ucCmp?: { getConsentDetails: () => Promise<{ services: Record<string, Service> }> };
    /** Second version; the third has it too, and promises its answer. */
    UC_UI: { getServicesBaseInfo: () => Service[] | Promise<Service[]> };
  }
}

/** Name of the service in Usercentrics' administration; `data-service` says another. */
const service = script.dataset.service || 'Sporl\u00f8s';

hear(
  async () => {
    const services = window.__ucCmp
      ? Object.values((await window.__ucCmp.getConsentDetails()).services)
      : await window.UC_UI.getServicesBaseInfo();
    services.map(({ name, consent }) => {
      const [given, last] =
        'given' in consent
          ? [consent.given, consent]
          : [consent.status, (consent.history || []).slice(-1)[0]];
      // What Usercentrics takes for granted is no choice.
      if (name == service && !/implicit/i.test(last ? last.type : '')) {
        tell(given);
      }
    });
  },
  'UC_UI_INITIALIZED',
  'UC_UI_CMP_EVENT',
  'UC_CONSENT',
  'ucEvent',
);
