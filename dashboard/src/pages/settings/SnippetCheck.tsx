import type { Site } from '../../api/me';
import { type Realtime, realtime } from '../../api/site';
import { type Refusals, refusalsToday } from '../../api/refusals';
import { useAnswer, useEvery } from '../../api/useAnswer';
import { FailureNotice, Notice } from '../../ui/Notice';
import { Skeleton } from '../../ui/Skeleton';
import { words } from './snippetText';

/** Waits for the first visit, and says what came instead where it does not count. */
export function SnippetCheck({ site }: { site: Site }) {
  const now = useAnswer(realtime(site.domain));
  const refusals = useAnswer(refusalsToday(site.domain));
  useEvery(4_000, () => {
    now.again();
    refusals.again();
  });
  if (now.failure) {
    return <FailureNotice failure={now.failure} retry={now.again} />;
  }
  if (!now.value) {
    return <Skeleton rows={2} />;
  }
  const views = viewsOf(now.value);
  return (
    <>
      {views > 0 ? <Seen now={now.value} views={views} /> : <Waiting />}
      {refusals.value && <Refused refusals={refusals.value} />}
    </>
  );
}

const viewsOf = ({ minutes }: Realtime): number =>
  minutes.reduce((sum, { pageviews }) => sum + pageviews, 0);

function Waiting() {
  return (
    <Notice icon="refresh">
      <p>{words().waiting}</p>
      <p class="detail">{words().waitingHelp}</p>
    </Notice>
  );
}

function Seen({ now, views }: { now: Realtime; views: number }) {
  return (
    <Notice icon="check">
      <p>{words().seen(words().views(views))}</p>
      {now.pages.length > 0 && (
        <p class="detail">
          {words().pages} {now.pages.map(({ page }) => page).join(', ')}
        </p>
      )}
    </Notice>
  );
}

/** Why beacons of today were not counted: a snippet that works for nobody is seen by this alone. */
function Refused({ refusals }: { refusals: Refusals }) {
  const counts = new Map<string, number>();
  for (const { reason, count } of refusals.refused) {
    counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  return counts.size === 0 ? null : (
    <Notice kind="warning">
      <p>{words().refused}</p>
      <ul class="detail" lang="en">
        {[...counts].map(([reason, count]) => (
          <li key={reason}>{words().refusal(count, refusals.reasons[reason] ?? reason)}</li>
        ))}
      </ul>
    </Notice>
  );
}
