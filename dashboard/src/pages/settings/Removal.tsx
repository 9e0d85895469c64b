import { useSignal } from '@preact/signals';
import type { Site } from '../../api/me';
import { removeSite, resetSite } from '../../api/settings';
import { go } from '../../state/location';
import { identify } from '../../state/session';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { words } from './removalText';

/** How figures are taken along, how they are forgotten, and how a site is removed. */
export function Removal({ site }: { site: Site }) {
  const asking = useSignal<'reset' | 'remove' | null>(null);
  const isReset = useSignal(false);
  const file = (ending: string) => `/api/export/${encodeURIComponent(site.domain)}.${ending}`;
  const remove = async () => {
    await removeSite(site.domain);
    await identify(() => go('/sites', { replace: true }));
  };
  const reset = async () => {
    isReset.value = false;
    await resetSite(site.domain);
    isReset.value = true;
  };
  return (
    <>
      <h2>{words().export}</h2>
      <p>{words().exportHelp}</p>
      <ul class="links">
        <li>
          <a href={file('zip')} download>
            {words().tables}
          </a>
        </li>
        <li>
          <a href={file('ndjson')} download>
            {words().totals}
          </a>
        </li>
      </ul>
      <p class="help">{words().move}</p>
      <h2>{words().reset}</h2>
      <p>{words().resetHelp}</p>
      <p class="adds">
        <Button kind="danger" icon="trash" onClick={() => (asking.value = 'reset')}>
          {words().reset}
        </Button>
      </p>
      <p role="status">{isReset.value && words().isReset}</p>
      <h2>{words().remove}</h2>
      <p>{words().removeHelp}</p>
      <p class="adds">
        <Button kind="danger" icon="trash" onClick={() => (asking.value = 'remove')}>
          {words().remove}
        </Button>
      </p>
      {asking.value === 'reset' && (
        <Confirm
          title={words().reset}
          action={words().reset}
          typed={{ label: words().typeReset(site.domain), word: site.domain }}
          act={reset}
          close={() => (asking.value = null)}
        >
          <p>{words().reallyReset(site.domain)}</p>
        </Confirm>
      )}
      {asking.value === 'remove' && (
        <Confirm
          title={words().remove}
          action={words().remove}
          typed={{ label: words().type(site.domain), word: site.domain }}
          act={remove}
          close={() => (asking.value = null)}
        >
          <p>{words().really(site.domain)}</p>
        </Confirm>
      )}
    </>
  );
}
