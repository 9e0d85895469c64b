import type { ComponentChildren } from 'preact';

interface Props {
  /** The name of the list. */
  label: string;
  tabs: { id: string; label: ComponentChildren }[];
  chosen: string;
  choose: (id: string) => void;
  /** The id of the element that shows what is chosen. */
  controls: string;
  /** Whether it is a second row, beneath another. */
  minor?: boolean;
}

/** Tabs of which one is chosen (WAI-ARIA tabs): arrows move among them. */
export function Tabs({ label, tabs, chosen, choose, controls, minor = false }: Props) {
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const at = tabs.findIndex(({ id }) => id === chosen);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (next && event.currentTarget instanceof HTMLElement) {
      choose(next.id);
      event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
    }
  };
  return (
    <div class={minor ? 'tabs minor' : 'tabs'} role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map(({ id, label: words }) => (
        <button
          key={id}
          type="button"
          role="tab"
          data-tab={id}
          aria-selected={id === chosen}
          aria-controls={controls}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => choose(id)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
