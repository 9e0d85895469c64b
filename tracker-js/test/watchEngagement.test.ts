import { describe, expect, it, vi } from 'vitest';
import { type Engagement, watchEngagement } from '../src/watchEngagement';
import { freshBrowser, laidOut, watched } from './browser';

const seconds = 1000;
const minutes = 60 * seconds;

describe('watchEngagement', () => {
  freshBrowser();

  const watch = () => {
    const reports: Engagement[] = [];
    const turnPage = watchEngagement((engagement) => reports.push(engagement));
    turnPage();
    return { reports, turnPage };
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

  it('reports the time and depth of a page that is hidden', () => {
    const { reports } = watch();

    stays(7 * seconds);
    hides();

    expect(reports).toEqual([{ e: 7000, sd: 25 }]);
  });

  it('does not count the time in which the page is hidden', () => {
    const { reports } = watch();

    stays(2 * seconds);
    hides();
    stays(60 * seconds);
    returns();
    stays(3 * seconds);
    hides();

    expect(reports.map((report) => report.e)).toEqual([2000, 3000]);
  });

  it('does not count the time in which another window has the focus, nor report when it goes', () => {
    const { reports } = watch();

    stays(2 * seconds);
    look({ hidden: false, focused: false }, 'blur');
    expect(reports).toEqual([]);
    stays(60 * seconds);
    look({ hidden: false, focused: true }, 'focus');
    stays(3 * seconds);
    hides();

    expect(reports.map((report) => report.e)).toEqual([5000]);
  });

  it('counts from the moment at which a page opened in the background is shown', () => {
    watched({ hidden: true, focused: false });
    const { reports } = watch();

    stays(60 * seconds);
    returns();
    stays(4 * seconds);
    hides();

    expect(reports.map((report) => report.e)).toEqual([4000]);
  });

  it('reports once when leaving says both that the page goes and that it is hidden', () => {
    const { reports } = watch();

    stays(2 * seconds);
    look({ hidden: false, focused: true }, 'pagehide');
    hides();

    expect(reports.map((report) => report.e)).toEqual([2000]);
  });

  it('stops the clock of a page that goes into the back/forward cache', () => {
    const { reports, turnPage } = watch();

    stays(2 * seconds);
    look({ hidden: false, focused: true }, 'pagehide');
    stays(60 * seconds);
    turnPage();
    stays(3 * seconds);
    hides();

    expect(reports.map((report) => report.e)).toEqual([2000, 3000]);
  });

  it('reports every five minutes, so that long reading keeps the visit open', () => {
    const { reports } = watch();

    stays(12 * minutes);
    hides();

    expect(reports.map((report) => report.e)).toEqual([5 * minutes, 5 * minutes, 2 * minutes]);
  });

  it('reports nothing while nobody looks', () => {
    watched({ hidden: false, focused: false });
    const { reports } = watch();

    stays(60 * minutes);
    hides();

    expect(reports).toEqual([]);
  });

  it('is silent about less than a second', () => {
    const { reports } = watch();

    stays(999);
    hides();

    expect(reports).toEqual([]);
  });

  it('adds up glances of less than a second', () => {
    const { reports } = watch();

    for (let glance = 0; glance < 3; glance++) {
      stays(400);
      hides();
      returns();
    }

    expect(reports.map((report) => report.e)).toEqual([1200]);
  });

  it('reports the deepest point seen, however short the stay', () => {
    const { reports } = watch();

    scrollsTo(700);
    scrollsTo(100);
    stays(10);
    hides();

    expect(reports).toEqual([{ e: 10, sd: 60 }]);
  });

  it('reports a depth once', () => {
    const { reports } = watch();

    scrollsTo(700);
    hides();
    returns();
    scrollsTo(600);
    hides();

    expect(reports).toHaveLength(1);
  });

  it('reports whole numbers', () => {
    const { reports } = watch();
    const now = performance.now();

    laidOut({ scrolled: 1500.4, viewport: 499.5, height: 2000 });
    vi.spyOn(performance, 'now').mockReturnValue(now + 1234.5678);
    hides();

    expect(reports).toEqual([{ e: 1234, sd: 100 }]);
  });

  it('measures against the height that the page has grown to', () => {
    laidOut({ scrolled: 0, viewport: 500, height: 500 });
    const { reports } = watch();

    laidOut({ scrolled: 0, viewport: 500, height: 5000 });
    stays(2 * seconds);
    hides();

    expect(reports.map((report) => report.sd)).toEqual([10]);
  });

  it('reports a document that is not rendered as unseen', () => {
    laidOut({ scrolled: 0, viewport: 0, height: 0 });
    const { reports } = watch();

    stays(2 * seconds);
    hides();

    expect(reports).toEqual([{ e: 2000, sd: 0 }]);
  });

  it('reports the old page when the page turns, and starts anew', () => {
    const { reports, turnPage } = watch();

    scrollsTo(1000);
    stays(3 * seconds);
    turnPage();
    scrollsTo(0);
    stays(2 * seconds);
    hides();

    expect(reports).toEqual([
      { e: 3000, sd: 75 },
      { e: 2000, sd: 25 },
    ]);
  });

  it('does not carry what was too short to report over to the next page', () => {
    const { reports, turnPage } = watch();

    stays(900);
    turnPage();
    stays(900);
    hides();

    expect(reports).toEqual([]);
  });
});
