/**
 * Looks at a choice as it stands, and again at each of these events of the platform's. What a
 * platform throws stays here: the page did not ask for us.
 *
 * @param look is given the event; for the choice as it stands there is none
 */
export const hear = (look: (event?: Event) => unknown, ...events: string[]) => {
  const safely = (event?: Event) => {
    // Looks at once; only what a platform promises is waited for.
    new Promise((seen) => seen(look(event))).catch(() => 0);
  };
  safely();
  events.map((event) => addEventListener(event, safely));
};
