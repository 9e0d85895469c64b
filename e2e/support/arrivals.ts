import { expect } from '@playwright/test';
import type { Collector } from './collector';

/** What has arrived, as name and path. */
export const arrived = (collector: Collector) =>
  collector.beacons.map((beacon) => `${beacon.n} ${new URL(beacon.u).pathname}`);

/** Waits until exactly this has arrived, in any order. */
export const expectArrived = (collector: Collector, expected: string[]) =>
  expect.poll(() => arrived(collector).sort()).toEqual([...expected].sort());

/** The same, whether or not the machine was so slow that there is engagement to report. */
export const expectCounted = (collector: Collector, expected: string[]) =>
  expect
    .poll(() =>
      arrived(collector)
        .filter((what) => !what.startsWith('engagement '))
        .sort(),
    )
    .toEqual([...expected].sort());
