import { describe, expect, it, vi } from 'vitest';
import { declined } from '../src/declined';
import { freshBrowser } from './browser';

describe('declined', () => {
  freshBrowser();

  it.each([
    [{ globalPrivacyControl: true }, true],
    [{ globalPrivacyControl: false }, false],
    [{ doNotTrack: '1' }, true],
    [{ doNotTrack: '0' }, false],
    [{ doNotTrack: 'unspecified' }, false],
    [{ doNotTrack: null }, false],
    [{ globalPrivacyControl: true, doNotTrack: '0' }, true],
    [{}, false],
  ])('is, for a browser that says %j, %s', (signals, answer) => {
    vi.stubGlobal('navigator', signals);

    expect(declined() ? true : false).toBe(answer);
  });
});
