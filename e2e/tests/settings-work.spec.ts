import type { Page } from '@playwright/test';
import { dayAgo, expect, expectAccessible, site, test } from '../support/dashboard';
import { listen } from '../support/listen';
import { asked, press, settingsOf, speak, view, whole } from '../support/settings';

test.describe.configure({ timeout: 90_000 });

/** A page of settings of the site that has no figures. */
const other = 'empty.example';
const path = (section: string, of = other) => `/sites/${of}/settings/${section}`;

/** Sends a dialog, and waits until it is closed: what it asked for is done. */
async function send(page: Page, name: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
}

const row = (page: Page, text: string) => page.locator('.items tbody tr', { hasText: text });

test('the snippet waits for the first visit, and says what does not count', async ({
  open,
  server,
}) => {
  const page = await open(path('snippet'));
  await expect(page.locator('pre').first()).toContainText(`data-site="${other}"`);
  await expect(page.getByText('Waiting for the first visit')).toBeVisible();

  expect(await view(server.sporlos, other, 'https://elsewhere.example/')).toBe('host');
  await expect(page.getByText('arrived today, but were not counted')).toBeVisible();
  await expectAccessible(page);

  expect(await view(server.sporlos, other, `https://${other}/first`)).toBeNull();
  await expect(page.getByText('Seen: 1 page view')).toBeVisible();
  await expect(page.getByText('/first')).toBeVisible();
});

test('what is copied is what is shown', async ({ open, server }) => {
  const page = await open(path('snippet'), { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: 'Copy' }).first().click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `<script defer src="${server.sporlos.origin}/s.js" data-site="${other}"></script>`,
  );
});

test('the snippet is offered as the website wants it', async ({ open, server }) => {
  const { origin } = server.sporlos;
  const page = await open(path('snippet'));
  const snippet = page.locator('pre').first();

  await page.getByLabel('Count links that lead away').check();
  await page.getByLabel('web vitals').check();
  await page.getByLabel('hash routing').check();
  await expect(page.getByText('set likewise under Counting')).toBeVisible();
  await page.getByLabel('Pinned').check();
  await expect(snippet).toContainText('integrity=');
  expect(await snippet.textContent()).toBe(
    (
      await server.sporlos.command(
        'site',
        'snippet',
        other,
        '--server',
        origin,
        '--extras',
        '--vitals',
        '--pinned',
      )
    )
      .replaceAll(`data-site="${other}"`, `data-site="${other}" data-hash="on"`)
      .trim(),
  );
  await page.getByLabel('bundler').check();
  await expect(snippet).toContainText(
    `init({ site: '${other}', server: '${origin}', hash: true, extras: true });`,
  );
  await expectAccessible(page);
});

test('all that a website embeds follows where and by what name it is reached', async ({
  open,
  server,
}) => {
  const page = await open(path('snippet'));
  const all = page.locator('main pre');
  await expect(all.filter({ hasText: 'noscript' })).toContainText(
    `${server.sporlos.origin}/b.gif?d=${other}`,
  );
  await server.sporlos.command('site', 'set', other, 'collector-url', 'https://www.example/stats');
  await server.sporlos.command('site', 'set', other, 'tracker-name', 'hits');
  await page.reload();

  await expect(all.filter({ hasText: 'noscript' })).toContainText(
    `https://www.example/stats/hits.gif?d=${other}`,
  );
  await expect(all.filter({ hasText: '/privacy' })).toHaveText(
    `https://www.example/stats/privacy?site=${other}`,
  );
  await server.sporlos.command('site', 'set', other, 'collector-url', '');
  await server.sporlos.command('site', 'set', other, 'tracker-name', '');
});

test('who may read figures of a site for machines is chosen', async ({ open, server }) => {
  const page = await open(path('sharing'));
  await whole(page);
  const setting = page.locator('[data-setting=prometheus]');
  await setting.getByLabel('Is shown them', { exact: true }).check();
  await press(page, 'Save');
  await expect(page.getByText('Saved at')).toBeVisible();
  expect(await settingsOf(page, other)).toMatchObject({ prometheus: 'on' });
  expect(await server.sporlos.command('site', 'show', other)).toMatch(/prometheus\s.*on/);
  await expectAccessible(page);

  await setting.getByRole('button', { name: 'Back to it' }).click();
  await press(page, 'Save');
  await expect.poll(() => settingsOf(page, other)).toMatchObject({ prometheus: null });
});

test('a page of the website is looked at, in both languages', async ({ open, server }) => {
  let content = `<script defer src="${server.sporlos.origin}/s.js" data-site="${other}"></script>`;
  const website = await listen((_, response) => {
    response.setHeader('content-type', 'text/html').end(content);
  });
  await server.sporlos.command('site', 'set', other, 'localhost', 'on');
  const page = await open(path('snippet'));
  const look = async (name: string) => {
    await page.getByRole('textbox').fill(`http://localhost:${website.port}/`);
    await press(page, name);
  };

  // The server hears of what was set beside it within a while.
  await expect(async () => {
    await look('Check this page');
    await expect(page.getByText('Nothing is missing')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  content = 'A page';
  await look('Check this page');
  await expect(page.getByText('The page has no snippet.').first()).toBeVisible();
  await expectAccessible(page);
  await speak(page, 'da');
  await page.reload();
  await look('Se på siden');
  await expect(page.getByText('Siden har ingen kode.')).toBeVisible();

  await speak(page, 'en');
  await server.sporlos.command('site', 'set', other, 'localhost', '');
  await website.stop();
});

test('settings are saved, and go back to what the profile says', async ({ open, server }) => {
  const page = await open(path('privacy'));
  await whole(page);
  await page.getByLabel('Country, region and city').check();
  await expect(page.getByText('Not saved yet')).toBeVisible();
  await press(page, 'Save');
  await expect(page.getByText('Saved at')).toBeVisible();
  expect(await settingsOf(page, other)).toMatchObject({ place: 'city' });
  expect(await server.sporlos.command('site', 'show', other)).toMatch(/place\s.*city/);
  await expect(page.getByText('place = city leaves region')).toBeVisible();

  await press(page, 'Back to it');
  await press(page, 'Save');
  await expect(page.getByText('Saved at')).toBeVisible();
  expect(await settingsOf(page, other)).toMatchObject({ place: null });

  const profile = page.locator('form').filter({ hasText: 'A profile is a set of' });
  await page.getByLabel('France (CNIL)').check();
  await press(page, 'Use this profile');
  await expect(profile.getByText('Saved at')).toBeVisible();
  expect(await settingsOf(page, other)).toMatchObject({ profile: 'cnil' });
  await expect(page.getByLabel('13 months after the first visit')).toBeChecked();
  await page.getByLabel('Denmark').check();
  await press(page, 'Use this profile');
  await expect.poll(() => settingsOf(page, other)).toMatchObject({ profile: 'dk' });
});

test('what the server does not take is said at its field, and nothing is saved', async ({
  open,
}) => {
  const page = await open(path('counting'));
  await whole(page);
  await page.getByLabel('Pages that do not count').fill('/admin/**');
  const networks = page.getByLabel('Networks whose visits do not count');
  await networks.fill('192.0.2.0/24\nnowhere');
  await press(page, 'Save');
  await expect(networks).toBeFocused();
  await expect(networks).toHaveAttribute('aria-invalid', 'true');
  await expect(networks).toHaveAccessibleDescription(/nowhere/);
  await expectAccessible(page);
  expect(await settingsOf(page, other)).toMatchObject({ 'excluded-pages': null });

  await networks.fill('192.0.2.0/24\n2001:db8::/32');
  await press(page, 'Save');
  await expect(page.getByText('Saved at')).toBeVisible();
  expect(await settingsOf(page, other)).toMatchObject({
    'excluded-pages': '/admin/**',
    'excluded-networks': '192.0.2.0/24,2001:db8::/32',
  });
});

test('what is excluded does not count from then on', async ({ open, server }) => {
  const page = await open(path('counting'));
  await whole(page);
  await page.getByLabel('Pages that do not count').fill('/secret/**');
  await press(page, 'Save');
  await expect(page.getByText('Saved at')).toBeVisible();
  expect(await view(server.sporlos, other, `https://${other}/secret/plan`)).toBe('excluded-page');
});

test('nothing that is not saved is left unasked', async ({ open }) => {
  const page = await open(path('retention'));
  await whole(page);
  const days = page.getByLabel('Days that visits are kept');
  await days.fill('90');
  const questions: string[] = [];
  page.once('dialog', (dialog) => {
    questions.push(dialog.message());
    void dialog.dismiss();
  });
  await page.getByRole('link', { name: 'Goals' }).click();
  expect(questions).toEqual(['What you changed here is not saved. Leave it behind?']);
  await expect(page).toHaveURL(/retention$/);
  await expect(days).toHaveValue('90');

  page.once('dialog', (dialog) => void dialog.accept());
  await page.getByRole('link', { name: 'Goals' }).click();
  await expect(page).toHaveURL(/goals$/);
  expect(await settingsOf(page, other)).toMatchObject({ 'visits-kept': null });
});

test('the policy says who answers for it as soon as that is saved', async ({ open }) => {
  const page = await open(path('policy'));
  await whole(page);
  await page.getByLabel('Who decides what is counted').fill('Eksempel ApS, Aarhus');
  await press(page, 'Save');
  await expect(page.getByRole('region', { name: 'The policy' })).toContainText(
    'Eksempel ApS, Aarhus',
  );
});

test('goals and funnels are added and removed', async ({ open }) => {
  const page = await open(path('goals'));
  await whole(page);
  const add = async (fill: () => Promise<void>) => {
    await page.getByRole('button', { name: 'Add a goal' }).first().click();
    await fill();
    await send(page, 'Add a goal');
  };
  await add(async () => {
    await page.getByLabel('Path').fill('thanks');
  });
  await expect(page.getByLabel('Path')).toHaveAccessibleDescription(/begin the path with a slash/);
  await expectAccessible(page);
  await page.getByLabel('Path').fill('/thanks');
  await page.getByLabel('Name').fill('Thanked');
  await send(page, 'Add a goal');
  await expect(row(page, 'Thanked')).toContainText('/thanks');

  await add(async () => {
    await page.getByLabel('An event is sent').check();
    await page.getByLabel('Name of the event').fill('Purchase');
    await page.getByText('Only with certain properties').click();
    await page.getByLabel('Properties it must have').fill('plan=gold');
    await page.getByLabel('Currency').fill('DKK');
    await page.getByLabel('Amount each time').fill('49,5');
  });
  await expect(row(page, 'Purchase')).toContainText('plan=gold');
  const { goals } = await asked<{ goals: Record<string, unknown>[] }>(
    page,
    `/api/v1/sites/goals?site_id=${other}`,
  );
  expect(goals).toMatchObject([
    { display_name: 'Thanked', page_path: '/thanks' },
    { event_name: 'Purchase', custom_props: { plan: 'gold' }, currency: 'DKK', value: 49.5 },
  ]);

  await page.getByRole('link', { name: 'Funnels' }).click();
  await press(page, 'Add a funnel');
  await page.getByLabel('Name').fill('To a purchase');
  await page.getByLabel('Step 1').selectOption('Thanked');
  await page.getByLabel('Step 2').selectOption('Purchase');
  await expectAccessible(page);
  await send(page, 'Add a funnel');
  await expect(row(page, 'To a purchase')).toContainText('Thanked → Purchase');

  await page.getByRole('link', { name: 'Goals' }).click();
  await press(page, 'Remove: Thanked');
  await send(page, 'Remove');
  await expect(page.getByRole('alert')).toContainText("a step of funnel 'To a purchase'");
  await send(page, 'Cancel');

  await page.getByRole('link', { name: 'Funnels' }).click();
  await press(page, 'Remove: To a purchase');
  await send(page, 'Remove');
  await expect(page.getByText('There is no funnel yet.')).toBeVisible();
  expect(await asked(page, `/api/v1/sites/${other}/funnels`)).toEqual({ funnels: [] });
});

test('properties, annotations and segments are kept', async ({ open }) => {
  const page = await open(path('properties'));
  await press(page, 'Add a property');
  await page.getByLabel('Name').fill('plan');
  await send(page, 'Add a property');
  await expect(row(page, 'plan')).toBeVisible();

  await page.getByRole('link', { name: 'Annotations' }).click();
  await press(page, 'Add an annotation');
  await page.getByLabel('Day').fill(dayAgo(1));
  await page.getByLabel('Text').fill('Autumn sale');
  await page.getByLabel('Only I see it').check();
  await send(page, 'Add an annotation');
  await expect(row(page, 'Autumn sale')).toContainText('Only you see it');
  const { annotations } = await asked<{ annotations: object[] }>(
    page,
    `/api/v1/sites/${other}/annotations`,
  );
  expect(annotations).toMatchObject([{ day: dayAgo(1), text: 'Autumn sale', personal: true }]);

  await page.goto(new URL(`/sites/${other}?f=is,visit:country,DK`, page.url()).href);
  await press(page, 'Save as segment');
  await page.getByLabel('Name of the segment').fill('Danes');
  await send(page, 'Save');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.goto(new URL(path('segments'), page.url()).href);
  await expect(row(page, 'Danes')).toContainText('Country is Denmark');
  await press(page, 'Remove: Danes');
  await send(page, 'Remove');
  await expect(page.getByText('There is no segment yet.')).toBeVisible();
});

test('somebody is let in, by a link that is told once', async ({ browser, open, server }) => {
  const page = await open(path('members'));
  await press(page, 'Let somebody in');
  await page.getByLabel('E-mail').fill('nobody');
  await send(page, 'Give the role');
  // A browser says so by itself.
  await expect(page.getByLabel('E-mail')).toBeFocused();
  await page.getByLabel('E-mail').fill('viggo@example.com');
  await page.getByLabel('Viewer').check();
  await send(page, 'Give the role');
  const link = await page.getByRole('region', { name: 'The link of the invitation' }).innerText();
  await expectAccessible(page);
  await press(page, 'I have it');
  await expect(row(page, 'viggo@example.com')).toContainText('invited');

  const guest = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await guest.goto(link);
  await guest.locator('[name=name]').fill('Viggo');
  await guest.locator('[name=password]').fill('green-heron-walks-4');
  await guest.locator('main form button').first().click();
  await guest.waitForURL('**/sign-in**');
  await guest.locator('[name=email]').fill('viggo@example.com');
  await guest.locator('[name=password]').fill('green-heron-walks-4');
  await guest.locator('main form button').first().click();
  await guest.waitForURL((address) => !address.pathname.startsWith('/sign-in'));

  // A viewer is offered what is open to viewers, and told why the rest is not.
  await guest.goto(server.sporlos.origin + path('goals'));
  await expect(guest.getByText('takes the role editor')).toBeVisible();
  await expect(guest.getByRole('button', { name: 'Add a goal' })).toHaveCount(0);
  await expect(guest.getByRole('link', { name: 'Members' })).toHaveCount(0);
  await expectAccessible(guest);
  await guest.goto(server.sporlos.origin + path('privacy'));
  await expect(guest.getByText('people with the role owner')).toBeVisible();
  await expectAccessible(guest);

  await page.reload();
  await expect(row(page, 'Viggo')).toContainText('viewer');
  await press(page, 'Change role: viggo@example.com');
  await page.getByLabel('Editor').check();
  await send(page, 'Give the role');
  await expect(row(page, 'Viggo')).toContainText('editor');
  await guest.goto(server.sporlos.origin + path('goals'));
  await expect(guest.getByRole('button', { name: 'Add a goal' })).toBeVisible();

  await press(page, 'Remove: viggo@example.com');
  await send(page, 'Remove');
  await expect(row(page, 'Viggo')).toHaveCount(0);
  await guest.goto(server.sporlos.origin + path('goals'));
  await expect(guest.getByText('There is no such site, or it is not open to you.')).toBeVisible();
  await guest.context().close();
});

test('a token is made, works, and is revoked', async ({ open, server }) => {
  const page = await open(path('tokens'));
  await press(page, 'Make a token');
  await page.getByLabel('Name', { exact: true }).fill('weekly report');
  await send(page, 'Make a token');
  const token = await page.getByRole('region', { name: 'The token' }).innerText();
  await expectAccessible(page);
  await press(page, 'I have it');
  await expect(row(page, 'weekly report')).toContainText('Read figures');

  const reads = async () => {
    const answer = await fetch(`${server.sporlos.origin}/api/v2/query`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ site_id: other, metrics: ['visitors'], date_range: '7d' }),
    });
    return answer.status;
  };
  expect(await reads()).toBe(200);
  await press(page, 'Revoke: weekly report');
  await send(page, 'Revoke');
  await expect(page.getByText('There is no token for this site alone yet.')).toBeVisible();
  expect(await reads()).toBe(401);
});

test('a link is shared and taken back, and a site is made public', async ({ open, server }) => {
  const page = await open(path('sharing', site));
  await whole(page);
  await press(page, 'Make a link');
  await page.getByLabel('Name').fill('For the board');
  await page.getByLabel('Pages that may show it').fill('intranet');
  await send(page, 'Make a link');
  await expect(page.getByLabel('Pages that may show it')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Pages that may show it').fill('https://intranet.example.com');
  await send(page, 'Make a link');
  const link = await page.getByRole('region', { name: 'The address of the link' }).innerText();
  await expect(page.getByRole('region', { name: 'The code of the frame' })).toContainText('iframe');
  await press(page, 'I have it');
  expect((await fetch(link)).status).toBe(200);
  await expect(row(page, 'For the board')).toContainText('https://intranet.example.com');
  await press(page, 'Remove: For the board');
  await send(page, 'Remove');
  await expect(page.getByText('There is no shared link yet.')).toBeVisible();
  expect((await fetch(link)).status).toBe(404);

  const badge = `${server.sporlos.origin}/badge/${site}.svg`;
  expect((await fetch(badge)).status).toBe(404);
  await page.getByLabel('Anybody may see them').check();
  await press(page, 'Save');
  await expect(page.getByRole('img', { name: 'A badge for your pages' })).toBeVisible();
  expect((await fetch(badge)).status).toBe(200);
  await expectAccessible(page);
  await page.getByLabel('Only members').check();
  await press(page, 'Save');
  await expect(page.getByRole('img', { name: 'A badge for your pages' })).toHaveCount(0);
});

test('the audit says who changed what, and is a file', async ({ open }) => {
  const page = await open(path('retention'));
  await whole(page);
  await page.getByLabel('Months that totals are kept').fill('24');
  await press(page, 'Save');
  await expect(page.getByText('Saved at')).toBeVisible();
  await page.getByRole('link', { name: 'Audit' }).click();
  await expect(row(page, 'changed the setting “Months that totals are kept”')).toContainText(
    'mette@example.com',
  );
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download as CSV' }).click();
  expect((await download).suggestedFilename()).toBe('audit.csv');
});

test('a site is added, renamed and removed', async ({ open, server }) => {
  const page = await open('/sites');
  await press(page, 'Add a site');
  await page.getByLabel('Domain').fill('no such host');
  await send(page, 'Add a site');
  await expect(page.getByLabel('Domain')).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);
  await page.getByLabel('Domain').fill('new.example');
  await page.getByLabel('Time zone').fill('Europe/Copenhagen');
  await page.getByLabel('Strict').check();
  await send(page, 'Add a site');
  await expect(page).toHaveURL(/\/sites\/new\.example\/settings\/snippet$/);
  await expect(page.locator('pre').first()).toContainText('data-site="new.example"');
  expect(await server.sporlos.command('site', 'list')).toContain(
    'new.example\tEurope/Copenhagen\tstrict',
  );

  await page.getByRole('link', { name: 'General' }).click();
  await page.getByLabel('Domain').fill(site);
  await press(page, 'Change the domain');
  await expect(page.getByLabel('Domain')).toHaveAccessibleDescription(/another site/);
  await page.getByLabel('Domain').fill('newer.example');
  await press(page, 'Change the domain');
  await expect(page).toHaveURL(/\/sites\/newer\.example\/settings\/general$/);
  await expect(page.getByText('newer.example').first()).toBeVisible();

  await page.getByRole('link', { name: 'Export and remove' }).click();
  await press(page, 'Remove the site');
  const remove = page.getByRole('dialog').getByRole('button', { name: 'Remove the site' });
  await expect(remove).toBeDisabled();
  await page.getByLabel('Write newer.example').fill('newer.exampl');
  await expect(remove).toBeDisabled();
  await page.getByLabel('Write newer.example').fill('newer.example');
  await expectAccessible(page);
  await remove.click();
  await expect(page).toHaveURL(/\/sites$/);
  await expect(page.getByRole('link', { name: 'newer.example' })).toHaveCount(0);
  expect(await server.sporlos.command('site', 'list')).not.toContain('newer.example');
});

test('settings are used by keyboard alone', async ({ open }) => {
  const page = await open(path('properties'));
  await whole(page);
  const add = page.getByRole('button', { name: 'Add a property' });
  await add.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name')).toBeFocused();
  await page.keyboard.type('colour');
  await page.keyboard.press('Enter');
  await expect(row(page, 'colour')).toBeVisible();
  await expect(add).toBeFocused();
  const removal = page.getByRole('button', { name: 'Remove: colour' });
  await removal.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(removal).toBeFocused();
});

test('who signs out is led to where one signs in', async ({ browser, server }) => {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(`${server.sporlos.origin}/sign-in?next=/sites`);
  await page.locator('[name=email]').fill('mette@example.com');
  await page.locator('[name=password]').fill('blue-otter-sings-9');
  await page.locator('main form button').first().click();
  await page.waitForURL('**/sites');
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  await page.goto(`${server.sporlos.origin}/sites`);
  await page.waitForURL('**/sign-in?next=*');
  await context.close();
});
