import { useSignal } from '@preact/signals';
import type { Site } from '../../api/me';
import { removeSite } from '../../api/settings';
import { go } from '../../state/location';
import { identify } from '../../state/session';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { words } from './removalText';

/** How figures are taken along, and how a site is removed. */
export function Removal({ site }: { site: Site }) {
  const asking = useSignal(false);
  const file = (ending: string) => `/api/export/${encodeURIComponent(site.domain)}.${ending}`;
  const remove = async () => {
    await removeSite(site.domain);
    await identify(() => go('/sites', { replace: true }));
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
      <h2>{words().remove}</h2>
      <p>{words().removeHelp}</p>
      <p class="adds">
        <Button kind="danger" icon="trash" onClick={() => (asking.value = true)}>
          {words().remove}
        </Button>
      </p>
      {asking.value && (
        <Confirm
          title={words().remove}
          action={words().remove}
          typed={{ label: words().type(site.domain), word: site.domain }}
          act={remove}
          close={() => (asking.value = false)}
        >
          <p>{words().really(site.domain)}</p>
        </Confirm>
      )}
    </>
  );
}
