import type { Site } from '../../api/me';
import { clock } from '../../text/format';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import type { Saving } from '../../ui/saving';
import { words } from './formText';

interface Props {
  site: Site;
  saving: Saving;
  /** Whether something is written that the server does not have. */
  unsaved: boolean;
  discard: () => void;
  /** What the button says that saves; `Save` unless given. */
  submit?: string;
}

/** Beneath settings: whether they are saved, and what saves them. */
export function SaveBar({ site, saving, unsaved, discard, submit }: Props) {
  const busy = saving.busy.value;
  const done = saving.done.value;
  return (
    <div class={unsaved ? 'save-bar unsaved' : 'save-bar'}>
      <span role="status">
        {busy && words().saving}
        {!busy && unsaved && words().unsaved}
        {!busy && !unsaved && done && (
          <>
            <Icon name="check" /> {words().saved(clock(done, site.timezone))}
          </>
        )}
      </span>
      {unsaved && (
        <Button onClick={discard} disabled={busy}>
          {words().discard}
        </Button>
      )}
      <Button kind="main" type="submit" disabled={busy || !unsaved}>
        {submit ?? words().save}
      </Button>
    </div>
  );
}
