import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../text';
import { Button } from './Button';
import { Fault } from './Field';
import { faultOf, useSaving } from './saving';

interface Props {
  /** The names by which the server speaks of its fields. */
  fields: readonly string[];
  /** What the button says that sends it. */
  submit: string;
  kind?: 'main' | 'danger';
  /** Whether there is something to send. */
  ready?: boolean;
  save: () => Promise<unknown>;
  /** Closes what it stands in; undefined if it stands on the page. */
  cancel?: () => void;
  /** The fields; given is what says what is wrong with which. */
  children: (fault: (field: string) => string | undefined) => ComponentChildren;
}

/** Fields that are sent together. What the server takes amiss is said at the field that it names. */
export function Form({
  fields,
  submit,
  kind = 'main',
  ready = true,
  save,
  cancel,
  ...rest
}: Props) {
  const root = useRef<HTMLFormElement>(null);
  const { busy, failure, run } = useSaving();
  const fault = faultOf(failure.value);
  const named = fault && fields.includes(fault.field) ? fault.field : null;
  useEffect(() => {
    if (failure.value) {
      root.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
    }
  }, [failure.value]);
  return (
    <form
      class="fields"
      ref={root}
      onSubmit={(event) => {
        event.preventDefault();
        void run(save);
      }}
    >
      {rest.children((field) => (field === named ? fault?.words : undefined))}
      <Fault words={fault && !named ? fault.words : undefined} />
      <div class="ends">
        {cancel && <Button onClick={cancel}>{t().cancel}</Button>}
        <Button kind={kind} type="submit" disabled={busy.value || !ready}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
