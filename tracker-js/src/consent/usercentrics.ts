import { tell } from './tell';
import { script } from '../script';

/** What Usercentrics says of a service (second and third version of its interface). */
interface Usercentrics {
  getServicesBaseInfo?: () => { name: string; consent: { status: boolean } }[];
}

interface UsercentricsThird {
  getConsentDetails?: () => Promise<{
    services: Record<string, { name: string; consent?: { given: boolean } }>;
  }>;
}

declare global {
  interface Window {
    UC_UI?: Usercentrics;
    __ucCmp?: UsercentricsThird;
  }
}

/** Name of the service in Usercentrics' administration; `data-service` says another. */
const service = script.dataset.service ?? 'Sporløs';

/** The choice as Usercentrics knows it, for the service that stands for the tracker. */
const look = () => {
  const found = window.UC_UI?.getServicesBaseInfo?.().find(({ name }) => name == service);
  if (found) {
    tell(found.consent.status);
  }
  void window.__ucCmp?.getConsentDetails?.().then(({ services }) => {
    const known = Object.values(services).find(({ name }) => name == service);
    if (known) {
      tell(known.consent?.given);
    }
  });
};

look();
['UC_UI_INITIALIZED', 'UC_UI_CMP_EVENT', 'UC_CONSENT', 'ucEvent'].map((event) => {
  addEventListener(event, look);
});
