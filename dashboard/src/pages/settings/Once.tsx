import type { ComponentChildren } from 'preact';
import { Button } from '../../ui/Button';
import { Code } from '../../ui/Code';
import { Dialog } from '../../ui/Dialog';
import { words } from './onceText';

interface Props {
  title: string;
  /** Why it is shown this once, and what to do with it. */
  help: string;
  label: string;
  text: string;
  close: () => void;
  children?: ComponentChildren;
}

/** Shows a secret that nobody can be told again. */
export function Once({ title, help, label, text, close, children }: Props) {
  return (
    <Dialog title={title} close={close}>
      <div class="fields">
        <p>{help}</p>
        <Code label={label} text={text} />
        {children}
        <div class="ends">
          <Button kind="main" onClick={close}>
            {words().done}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
