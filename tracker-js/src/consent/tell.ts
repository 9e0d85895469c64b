import type { Sporlos } from '../sporlos';

/** What was told last. */
let told: boolean | undefined;

/**
 * Tells the tracker of a choice, or keeps it for the tracker if that is still to come. Platforms say
 * one choice by several events: it is told once.
 */
export const tell = (choice: unknown) => {
  const given = !!choice;
  if (given == told) {
    return;
  }
  told = given;
  const stub = ((...call) => {
    (stub.q = stub.q || []).push(call);
  }) as Sporlos;
  const sporlos = (window.sporlos = window.sporlos || stub);
  if (sporlos.consent) {
    sporlos.consent(given);
  } else {
    sporlos.c = given ? 1 : 0;
  }
};
