import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Content } from '../src/send';
import { freshBrowser, laidOut, watched } from './browser';

const seconds = 1000;
const minutes = 60 * seconds;

describe('watchEngagement', () => {
  freshBrowser();

  afterEach(() => {
    vi.doUnmock('../src/send');
  });

  const watch = async () => {
    const reports: Content[] = [];
    vi.doMock('../src/send', () => ({
      send: ({ n, ...engagement }: Content) => n == 'engagement' && reports.push(engagement),
    }));
    const { look: report, watchEngagement } = await import('../src/watchEngagement');
    report();
    watchEngagement();
    return { reports, report };
  };
  const stays = (time: number) => vi.advanceTimersByTime(time);
  const look = (state: { hidden: boolean; focused: boolean }, event: string) => {
    watched(state);
    window.dispatchEvent(new Event(event));
  };
  const hides = () => {
    look({ hidden: true, focused: false }, 'visibilitychange');
  };
  const returns = () => {
    look({ hidden: false, focused: true }, 'visibilitychange');
  };
  const scrollsTo = (scrolled: number) => {
    laidOut({ scrolled, viewport: 500, height: 2000 });
    window.dispatchEvent(new Event('scroll'));
  };

  it('reports the time and depth of a page that is hidden', async () => {
    const { reports } = await watch();

    stays(7 * seconds);
    hides();

    expect(reports).toEqual([{ e: 7000, sd: 25 }]);
  });

  it('does not count the time in which the page is hidden', async () => {
    const { reports } = await watch();

    stays(2 * seconds);
    hides();
    stays(60 * seconds);
    returns();
    stays(3 * seconds);
    hides();

    expect(reports.map((report) => report.e)).toEqual([2000, 3000]);
  });

  it('does not count the time in which another window has the focus, nor report when it goes', async () => {
    const { reports } = await watch();

    stays(2 * seconds);
    look({ hidden: false, focused: false }, 'blur');
    expect(reports).toEqual([]);
    stays(60 * seconds);
    look({ hidden: false, focused: true }, 'focus');
    stays(3 * seconds);
    hides();

    expect(reports.map((report) => report.e)).toEqual([5000]);
  });

  it('counts from the moment at which a page opened in the background is shown', async () => {
    watched({ hidden: true, focused: false });
    const { reports } = await watch();

    stays(60 * seconds);
    returns();
    stays(4 * seconds);
    hides();

    expect(reports.map((report) => report.e)).toEqual([4000]);
  });

  it('reports once when leaving says twice that the page is hidden', async () => {
    const { reports } = await watch();

    stays(2 * seconds);
    look({ hidden: true, focused: true }, 'visibilitychange');
    hides();

    expect(reports.map((report) => report.e)).toEqual([2000]);
  });

  it('stops the clock of a page that goes into the back/forward cache', async () => {
    const { reports, report } = await watch();

    stays(2 * seconds);
    look({ hidden: true, focused: true }, 'visibilitychange');
    stays(60 * seconds);
    watched({ hidden: false, focused: true });
    report();
    stays(3 * seconds);
    hides();

    expect(reports.map((report) => report.e)).toEqual([2000, 3000]);
  });

  it('reports every five minutes, so that long reading keeps the visit open', async () => {
    const { reports } = await watch();

    stays(12 * minutes);
    hides();

    expect(reports.map((report) => report.e)).toEqual([5 * minutes, 5 * minutes, 2 * minutes]);
  });

  it('reports nothing while nobody looks', async () => {
    watched({ hidden: false, focused: false });
    const { reports } = await watch();

    stays(60 * minutes);
    hides();

    expect(reports).toEqual([]);
  });

  it('is silent about less than a second', async () => {
    const { reports } = await watch();

    stays(999);
    hides();

    expect(reports).toEqual([]);
  });

  it('counts no glances of less than a second, however many', async () => {
    const { reports } = await watch();

    for (let glance = 0; glance < 3; glance++) {
      stays(400);
      hides();
      returns();
    }

    expect(reports).toEqual([]);
  });

  it('reports the deepest point seen', async () => {
    const { reports } = await watch();

    scrollsTo(700);
    scrollsTo(100);
    stays(1 * seconds);
    hides();

    expect(reports).toEqual([{ e: 1000, sd: 60 }]);
  });

  it('reports no depth that was seen at a glance', async () => {
    const { reports } = await watch();

    scrollsTo(700);
    stays(10);
    hides();
    scrollsTo(600);
    returns();
    stays(1 * seconds);
    hides();

    expect(reports).toEqual([{ e: 1000, sd: 55 }]);
  });

  it('reports whole numbers', async () => {
    const { reports } = await watch();
    const now = performance.now();

    laidOut({ scrolled: 1500.4, viewport: 499.5, height: 2000 });
    vi.spyOn(performance, 'now').mockReturnValue(now + 1234.5678);
    hides();

    expect(reports).toEqual([{ e: 1234, sd: 100 }]);
  });

  it('measures against the height that the page has grown to', async () => {
    laidOut({ scrolled: 0, viewport: 500, height: 500 });
    const { reports } = await watch();

    laidOut({ scrolled: 0, viewport: 500, height: 5000 });
    stays(2 * seconds);
    hides();

    expect(reports.map((report) => report.sd)).toEqual([10]);
  });

  it('reports a document that is not rendered as unseen', async () => {
    laidOut({ scrolled: 0, viewport: 0, height: 0 });
    const { reports } = await watch();

    stays(2 * seconds);
    hides();

    expect(reports).toEqual([{ e: 2000, sd: 0 }]);
  });

  it('reports the old page when the page turns, and starts anew', async () => {
    const { reports, report } = await watch();

    scrollsTo(1000);
    stays(3 * seconds);
    report();
    scrollsTo(0);
    stays(2 * seconds);
    hides();

    expect(reports).toEqual([
      { e: 3000, sd: 75 },
      { e: 2000, sd: 25 },
    ]);
  });

  it('does not carry what was too short to report over to the next page', async () => {
    const { reports, report } = await watch();

    stays(900);
    report();
    stays(900);
    hides();

    expect(reports).toEqual([]);
  });
});
