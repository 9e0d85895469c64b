import type { Sporlos } from '../sporlos';

/** Tells the tracker of a choice, or keeps it for the tracker if that is still to come. */
export const tell = (given: unknown) => {
  const stub = ((...call) => {
    (stub.q = stub.q || []).push(call);
  }) as Sporlos;
  const sporlos = (window.sporlos = window.sporlos || stub);
  if (sporlos.consent) {
    sporlos.consent(!!given);
  } else {
    sporlos.c = given ? 1 : 0;
  }
};
