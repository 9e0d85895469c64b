import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../text';
import { IconButton } from './Button';

interface Props {
  title: ComponentChildren;
  /** Called when somebody closes it, by whatever means. */
  close: () => void;
  /** `wide` for tables. */
  size?: 'small' | 'wide';
  children: ComponentChildren;
}

/** Something in front of the page, which waits behind it. It is open as long as it is rendered. */
export function Dialog({ title, close, size = 'small', children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useLayoutEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    // What a dialog is for comes before what closes it.
    shown?.querySelector<HTMLElement>('input, select, textarea')?.focus();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) {
        before.focus();
      }
    };
  }, []);
  return (
    <dialog
      class={size}
      ref={dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => {
        // The backdrop is the dialog's own; what is within it is an element of it.
        if (event.target === dialog.current) {
          close();
        }
      }}
    >
      <div class="frame">
        <div class="head">
          <h2 id={heading}>{title}</h2>
          <IconButton icon="close" label={t().close} onClick={close} />
        </div>
        {children}
      </div>
    </dialog>
  );
}
