import type { Site } from '../api/me';
import { realtime } from '../api/site';
import { useAnswer, useEvery } from '../api/useAnswer';
import { count } from '../text/format';

/** How often it is looked who is there, on pages that show more than that. */
const pause = 30_000;

/** How many visitors are at a site now. */
export function LiveCount({ site }: { site: Site }) {
  const answer = useAnswer(realtime(site.domain));
  useEvery(pause, answer.again);
  const visitors = answer.value?.visitors ?? null;
  return visitors === null ? null : (
    <span class={visitors > 0 ? 'live here' : 'live'}>{count(visitors)}</span>
  );
}
