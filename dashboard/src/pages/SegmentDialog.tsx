import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { renew } from '../api/cache';
import type { Site } from '../api/me';
import { Failure } from '../api/request';
import { addSegment } from '../api/site';
import { filterJson } from '../state/filter';
import { show, view } from '../state/view';
import { t } from '../text';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';

/** Saves the filters that hold under a name, and shows the segment in their place. */
export function SegmentDialog({ site, close }: { site: Site; close: () => void }) {
  const name = useSignal('');
  const failure = useSignal<Failure | null>(null);
  const saving = useSignal(false);
  const shares = site.role !== 'viewer';
  const personal = useSignal(!shares);
  const id = useId();
  const save = async () => {
    saving.value = true;
    failure.value = null;
    try {
      const added = await addSegment(
        site.domain,
        name.value.trim(),
        view.value.filters.map(filterJson),
        personal.value,
      );
      renew(`segments ${site.domain}`);
      close();
      show({ filters: [{ operator: 'is', dimension: 'segment', values: [String(added.id)] }] });
    } catch (reason) {
      failure.value = reason instanceof Failure ? reason : new Failure('failed');
    } finally {
      saving.value = false;
    }
  };
  return (
    <Dialog title={t().segments.save} close={close}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div>
          <label for={id}>{t().segments.name}</label>
          <input
            id={id}
            type="text"
            required
            maxLength={100}
            value={name.value}
            aria-invalid={failure.value !== null}
            aria-describedby={`${id}-failure`}
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
        </div>
        {shares ? (
          <label class="check">
            <input
              type="checkbox"
              checked={personal.value}
              onChange={(event) => (personal.value = event.currentTarget.checked)}
            />
            {t().segments.personal}
          </label>
        ) : (
          <p class="help">{t().segments.personalOnly}</p>
        )}
        <p id={`${id}-failure`} class="fault" role="alert">
          {failure.value && (failure.value.message || t().failures[failure.value.kind])}
        </p>
        <div class="ends">
          <Button onClick={close}>{t().cancel}</Button>
          <Button kind="main" type="submit" disabled={saving.value || !name.value.trim()}>
            {t().save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
