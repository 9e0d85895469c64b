import type { Sporlos } from '../sporlos';

/** Tells the tracker of a choice, or keeps it for the tracker if that is still to come. */
export const tell = (given: unknown) => {
  const sporlos = (window.sporlos ??= function (...call) {
    (sporlos.q ??= []).push(call);
  } as Sporlos);
  if (sporlos.consent) {
    sporlos.consent(!!given);
  } else {
    sporlos.c = given ? 1 : 0;
  }
};
