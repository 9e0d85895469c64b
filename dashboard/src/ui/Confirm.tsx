import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Dialog } from './Dialog';
import { Field } from './Field';
import { Form } from './Form';

interface Props {
  title: string;
  /** What the button says that does it. */
  action: string;
  /** What is asked to be written, so that nothing is done by mistake; undefined for nothing. */
  typed?: { label: string; word: string };
  act: () => Promise<unknown>;
  close: () => void;
  /** What is going to be gone. */
  children: ComponentChildren;
}

/** Asks once more before something is done that cannot be undone. */
export function Confirm({ title, action, typed, act, close, children }: Props) {
  const written = useSignal('');
  return (
    <Dialog title={title} close={close}>
      <Form
        fields={[]}
        kind="danger"
        submit={action}
        ready={!typed || written.value.trim() === typed.word}
        cancel={close}
        save={async () => {
          await act();
          close();
        }}
      >
        {() => (
          <>
            {children}
            {typed && (
              <Field label={typed.label}>
                {(attributes) => (
                  <input
                    {...attributes}
                    type="text"
                    autoComplete="off"
                    autoCapitalize="none"
                    spellcheck={false}
                    value={written.value}
                    onInput={(event) => (written.value = event.currentTarget.value)}
                  />
                )}
              </Field>
            )}
          </>
        )}
      </Form>
    </Dialog>
  );
}
