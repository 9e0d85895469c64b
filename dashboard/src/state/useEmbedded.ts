import type { Site } from '../api/me';
import { settingsOf } from '../api/settings';
import { useAnswer } from '../api/useAnswer';
import type { Embedded } from './snippetLines';

/** What a site's settings say of its snippet; the defaults for those who may not see settings. */
export function useEmbedded(site: Site): Embedded {
  const asked = useAnswer(site.role === 'owner' ? settingsOf(site.domain) : null);
  const holds = (name: string) => {
    const setting = asked.value?.settings.find((one) => one.name === name);
    return setting?.value ?? setting?.default ?? '';
  };
  return {
    server: holds('collector-url') || location.origin,
    site: site.domain,
    name: holds('tracker-name'),
    hash: holds('hash-routing') === 'on',
  };
}
