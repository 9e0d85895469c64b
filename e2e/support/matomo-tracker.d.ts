/** As far as it is used here; the package has no types of its own. */
declare module 'matomo-tracker' {
  import { EventEmitter } from 'node:events';

  export default class MatomoTracker extends EventEmitter {
    constructor(site: number, url: string);
    track(options: Record<string, unknown>): void;
    trackBulk(events: Record<string, unknown>[], callback: (answer: string) => void): void;
  }
}
