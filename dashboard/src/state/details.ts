import { type Listing, show, usual, view } from './view';

/*
 * Details are part of the address, so that a link shows them. Whether they were opened from the page
 * beneath is noted in the history: then closing them is going back, and leaves no way into them again.
 */
const opened = { details: true };

const wasOpened = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && 'details' in state;

/** Shows the details of a panel. */
export function openDetails(panel: string): void {
  show({ details: panel, listing: usual.listing });
  history.replaceState(opened, '');
}

/** Shows the page beneath again. */
export function closeDetails(): void {
  if (view.peek().details === null) {
    return;
  }
  if (wasOpened(history.state)) {
    history.back();
  } else {
    show({ details: null }, { replace: true });
  }
}

/** Looks through the rows of the details otherwise; what is not said of it stays. */
export function list(change: Partial<Listing>): void {
  show({ listing: { ...view.peek().listing, ...change } }, { replace: true });
}
