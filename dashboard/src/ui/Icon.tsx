/** Shapes on a grid of 16, drawn in the colour of the text. */
const shapes = {
  check: 'M3.5 8.5l3 3 6-7',
  chevron: 'M4.5 6.25L8 9.75l3.5-3.5',
  left: 'M9.75 4.5L6.25 8l3.5 3.5',
  right: 'M6.25 4.5L9.75 8l-3.5 3.5',
  close: 'M4.5 4.5l7 7m0-7l-7 7',
  filter: 'M2.5 4h11M4.75 8h6.5M6.75 12h2.5',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zm3.25-1.25L13.5 13.5',
  person: 'M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8zm-5 5.5c.5-2.5 2.5-3.5 5-3.5s4.5 1 5 3.5',
  settings:
    'M2.5 4.75h5m4 0h2M2.5 11.25h2m4 0h5M9.5 6.75a2 2 0 1 0 0-4 2 2 0 0 0 0 4zm-3 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  expand: 'M9.5 2.75h3.75V6.5M6.5 13.25H2.75V9.5M13 3L9.25 6.75M3 13l3.75-3.75',
  calendar: 'M3 4.5h10v8.5H3zM3 7h10M5.5 2.75V5m5-2.25V5',
  external: 'M6.5 3.5h-3v9h9v-3M9 2.75h4.25V7M13 3L7.5 8.5',
  up: 'M8 12.5v-9M4.5 7L8 3.5 11.5 7',
  down: 'M8 3.5v9M4.5 9L8 12.5 11.5 9',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.600M13 2.5v2.75h-2.75',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zm0-6.75v3.5M8 5.25h.01',
  warning: 'M8 2.5l6 10.75H2zM8 6.5v3M8 11.5h.01',
  download: 'M8 2.75v7.5M4.75 7L8 10.25 11.25 7M3 13.25h10',
  copy: 'M5.75 5.75v-3h7.500v7.500h-3M2.75 5.75h7.500v7.500h-7.500z',
  trash: 'M3 4.5h10M6.25 4.25V2.75h3.5v1.5M4.25 4.75l.6 8.5h6.300l.6-8.5',
  lock: 'M4 7.5h8v5.75H4zM5.75 7.25V5a2.25 2.25 0 0 1 4.5 0v2.25',
  plus: 'M8 3.5v9M3.5 8h9',
} as const;

export type IconName = keyof typeof shapes;

/** A small picture beside words, or within a button that has a name. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}
