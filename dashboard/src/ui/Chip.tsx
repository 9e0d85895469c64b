import type { ComponentChildren } from 'preact';
import { t } from '../text';
import { Icon } from './Icon';

interface Props {
  label: ComponentChildren;
  /** What the chip is called where it is taken away; its label unless given. */
  name?: string;
  /** Called when it is clicked on; undefined if there is nothing to open. */
  open?: () => void;
  remove: () => void;
}

/** Something that is chosen and can be taken away. */
export function Chip({ label, name, open, remove }: Props) {
  const called = name ?? (typeof label === 'string' ? label : '');
  return (
    <span class="chip">
      {open ? (
        <button type="button" class="words" onClick={open}>
          {label}
        </button>
      ) : (
        <span class="words">{label}</span>
      )}
      <button type="button" class="away" aria-label={t().filters.remove(called)} onClick={remove}>
        <Icon name="close" />
      </button>
    </span>
  );
}
