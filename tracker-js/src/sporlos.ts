import type { Beacon } from './beacon';

/** What may be said about a custom event besides its name. */
export interface EventOptions {
  /** Properties, at most 30. Not for anything that identifies a person. */
  props?: NonNullable<Beacon['p']>;
  revenue?: NonNullable<Beacon['$']>;
  /** False for what happens without the visitor's doing, and so does not end a bounce. */
  interactive?: boolean;
}

/**
 * The function that the page calls to count a custom event. Before the tracker has loaded, the
 * page's own stub stands in for it and keeps the calls in `q`.
 */
export interface Sporlos {
  (name: string, options?: EventOptions): void;
  /**
   * Says whether the visitor agrees to the site's cookie; as often as one likes, it is told when it
   * changes. The server sets or removes the cookie at once. Without a word consent is as it stood.
   */
  consent?: (given: boolean) => void;
  /** What the stub was told of consent. */
  c?: 0 | 1;
  q?: Parameters<Sporlos>[];
  /** Version of the tracker that has taken over; absent on the stub. */
  v?: number;
}

declare global {
  interface Window {
    sporlos?: Sporlos;
  }
}
