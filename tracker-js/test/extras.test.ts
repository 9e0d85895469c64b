import { beforeEach, describe, expect, it, vi } from 'vitest';
import { at, freshBrowser } from './browser';

describe('extras', () => {
  freshBrowser();

  let counted: unknown[][];
  const loaded = (responseStatus?: number) => {
    vi.spyOn(performance, 'getEntriesByType').mockReturnValue(
      (responseStatus ? [{ responseStatus }] : []) as never,
    );
    return import('../src/extras/main');
  };
  /** Puts this on the page; returns its first element. */
  const holds = (html: string) => {
    document.body.innerHTML = html;
    return (
      document.body.querySelector<HTMLElement>('[data-here], a, button, form') ?? document.body
    );
  };
  const click = (element: Element | undefined, button = 0) => {
    const type = button ? 'auxclick' : 'click';
    const event = new MouseEvent(type, { bubbles: true, composed: true, cancelable: true, button });
    // The page goes nowhere.
    element?.addEventListener(type, (clicked) => {
      clicked.preventDefault();
    });
    element?.dispatchEvent(event);
  };

  beforeEach(() => {
    counted = [];
    window.sporlos = (...call) => {
      counted.push(call);
    };
    at('https://example.com/a');
  });

  it.each([
    [
      'https://other.example/b?token=1#c',
      ['Outbound Link: Click', { props: { url: 'https://other.example/b' } }],
    ],
    [
      '/files/report.PDF?v=2',
      ['File Download', { props: { url: 'https://example.com/files/report.PDF' } }],
    ],
    [
      'https://other.example/x.zip',
      ['File Download', { props: { url: 'https://other.example/x.zip' } }],
    ],
  ])('counts a click on a link to %s', async (href, call) => {
    await loaded();

    click(holds(`<a href="${href}">there</a>`));

    expect(counted).toEqual([call]);
  });

  it.each([
    '/b',
    'https://example.com/b',
    '#part',
    'mailto:eve@example.org',
    'tel:+4512345678',
    'javascript:void 0',
  ])('counts no click on a link to %s', async (href) => {
    await loaded();

    click(holds(`<a href="${href}">there</a>`));

    expect(counted).toEqual([]);
  });

  it('counts what the site says is loaded to be kept', async () => {
    await loaded();

    click(holds('<a href="/ticket" download="ticket.txt">there</a>'));

    expect(counted).toMatchObject([['File Download', {}]]);
  });

  it('counts a click within a link, and one with the middle button, and none with the third', async () => {
    await loaded();
    const inner = holds('<a href="https://other.example/"><b>there</b></a>').children[0];

    click(inner);
    click(inner, 1);
    click(inner, 2);

    expect(counted).toHaveLength(2);
  });

  it('counts a click on a link in a component, and none beside it', async () => {
    await loaded();
    const root = holds('<div data-here></div>').attachShadow({ mode: 'open' });
    root.innerHTML = '<a href="https://other.example/">there</a><p>beside</p>';

    click(root.children[1]);
    click(root.children[0]);

    expect(counted).toHaveLength(1);
  });

  it('counts the event that the attributes say, and nothing else of the click', async () => {
    await loaded();

    click(
      holds(
        '<a href="https://other.example/" data-sporlos-event="Buy" data-sporlos-plan="yearly" data-other="x"' +
          ' data-sporlos-amount="9.50" data-sporlos-currency="DKK">there</a>',
      ),
    );

    expect(counted).toEqual([
      ['Buy', { props: { plan: 'yearly' }, revenue: { amount: '9.50', currency: 'DKK' } }],
    ]);
  });

  it.each(['data-sporlos-amount="9.50"', 'data-sporlos-currency="DKK"'])(
    'says no revenue where there is only %s',
    async (attribute) => {
      await loaded();

      click(holds(`<button data-sporlos-event="Buy" ${attribute}>buy</button>`));

      expect(counted).toEqual([['Buy', { props: {} }]]);
    },
  );

  const sent = (form: HTMLElement) =>
    form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));

  it.each([
    ['name="contact"', 'contact'],
    ['id="search"', 'search'],
    ['', ''],
  ])('counts a form with %s that is sent', async (attributes, form) => {
    await loaded();

    sent(holds(`<form ${attributes}><input name="name" value="Eve"><input name="id"></form>`));

    expect(counted).toEqual([['Form: Submission', { props: { form } }]]);
  });

  it('counts a form by what it says, once it is sent and not when it is clicked', async () => {
    await loaded();
    const form = holds('<form data-sporlos-event="Sign up"><input name="name"></form>');

    click(form.children[0]);
    expect(counted).toEqual([]);
    sent(form);

    expect(counted).toEqual([['Sign up', { props: {} }]]);
  });

  it('counts a page that was answered with 404, which ends no bounce', async () => {
    await loaded(404);

    expect(counted).toEqual([['404', { interactive: false }]]);
  });

  it.each([200, 500, undefined])('counts no page that was answered with %s', async (status) => {
    await loaded(status);

    expect(counted).toEqual([]);
  });

  it('leaves the page alone where there is no tracker', async () => {
    delete window.sporlos;
    await loaded(404);
    const button = holds('<button data-sporlos-event="Buy">buy</button>');

    expect(() => {
      click(button);
    }).not.toThrow();
  });
});
