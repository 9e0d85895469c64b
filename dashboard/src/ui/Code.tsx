import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { t } from '../text';
import { Button } from './Button';

interface Props {
  /** What it is, for those who do not see it. */
  label: string;
  text: string;
  /** Whether it is running text, whose lines are broken. */
  prose?: boolean;
  /** The language it is in, if that is not the one that is spoken. */
  lang?: string;
}

/** Text to be copied. */
export function Code({ label, text, prose = false, lang }: Props) {
  const shown = useRef<HTMLPreElement>(null);
  const state = useSignal<'copied' | 'selected' | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      state.value = 'copied';
    } catch {
      // Browsers lend the clipboard to pages that came by TLS alone, and not to all of those.
      if (shown.current) {
        getSelection()?.selectAllChildren(shown.current);
      }
      state.value = 'selected';
    }
  };
  return (
    <div class="code">
      <pre
        ref={shown}
        tabIndex={0}
        role="region"
        aria-label={label}
        class={prose ? 'prose' : undefined}
        lang={lang}
      >
        {text}
      </pre>
      <Button icon={state.value === 'copied' ? 'check' : 'copy'} class="small" onClick={copy}>
        {state.value === 'copied' ? t().copied : t().copy}
      </Button>
      <span class="quiet" role="status">
        {state.value === 'selected' && t().selected}
      </span>
    </div>
  );
}
