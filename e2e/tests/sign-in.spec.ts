import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, type CDPSession, expect, type Page, test } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import { client, type SigningIn, startProvider } from '../support/provider';
import { freePort, type Sporlos, startSporlos } from '../support/sporlos';

const password = 'en hest spiser gulerødder';

/** One server for all tests, with a provider beside it, and the first account. */
let sporlos: Sporlos;
let provider: SigningIn;
let origin: string;
let data: string;

test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.use({ locale: 'en-GB' });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  const port = await freePort();
  origin = `http://localhost:${port}`;
  provider = await startProvider(`${origin}/sign-in/provider/callback`, { anna: ['it'] });
  data = await mkdtemp(join(tmpdir(), 'sporlos-sign-in-'));
  sporlos = await startSporlos(data, {
    port,
    settings: [
      ...['--public-url', origin, '--oidc-issuer', provider.issuer],
      ...['--oidc-client-id', client.id, '--oidc-client-secret', client.secret],
      ...['--oidc-name', 'Kontoret', '--oidc-roles', 'it=admin'],
      ...['--oidc-scopes', 'openid email groups'],
    ],
  });
  const link = () => /\S+\/link\/\S+/.exec(sporlos.output())?.[0] ?? '';
  await expect.poll(link).not.toBe('');
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.goto(link());
  await page.getByLabel('E-mail').fill('berit@example.com');
  await page.getByLabel('Name').fill('Berit');
  await page.getByLabel('Password').fill(password);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(`${origin}/sign-in`);
  await page.context().close();
});

test.afterAll(async () => {
  await sporlos.stop();
  await provider.stop();
  await rm(data, { recursive: true });
});

async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

async function signIn(page: Page) {
  await page.goto(`${origin}/account`);
  await page.getByLabel('E-mail').fill('berit@example.com');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function signOut(page: Page) {
  await page.goto(`${origin}/account`);
  await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
  await page.waitForURL(`${origin}/sign-in`);
}

const session = async (context: BrowserContext) =>
  (await context.cookies()).find(({ name }) => name === 'sporlos-session')?.value;

test('a provider signs in whoever has a group with a role, and nobody else', async ({ page }) => {
  await page.goto(`${origin}/account?lang=en`);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Sign in with Kontoret' }).click();
  await page.waitForURL(`${provider.issuer}/**`);
  await page.locator('[name=login]').fill('anna');
  await page.locator('[name=password]').fill('whatever');
  await page.locator('[type=submit]').click();
  await page.locator('[type=submit]').click();
  await page.waitForURL(`${origin}/account`);
  await expect(page.locator('main')).toContainText('anna@example.com');
  await expect(page.locator('main')).toContainText('You sign in with Kontoret');
  await expectAccessible(page);
  expect((await page.context().cookies()).map(({ name }) => name)).not.toContain(
    'sporlos-provider',
  );

  await signOut(page);
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'Sign in with Kontoret' }).click();
  await page.locator('[name=login]').fill('carl');
  await page.locator('[name=password]').fill('whatever');
  await page.locator('[type=submit]').click();
  await page.locator('[type=submit]').click();
  await expect(page.locator('main')).toContainText('none of your groups has access here');
  await expectAccessible(page);
  expect(await session(page.context())).toBeUndefined();
});

test('a code of a device is asked for, taken once, and replaced by one for its loss', async ({
  page,
}) => {
  await signIn(page);
  await page.waitForURL(`${origin}/account`);
  const setUp = page.locator('form[action="/account/device/prepare"]');
  await setUp.getByLabel('Your password now').fill(password);
  await setUp.getByRole('button').click();
  const key = (await page.locator('code').innerText()).replaceAll(' ', '');
  await expectAccessible(page);
  const device = new TOTP({ secret: key });
  await page.getByLabel('Code of the device').fill(device.generate());
  await page.getByRole('button', { name: 'Confirm' }).click();
  const recovery = await page.locator('li code').allInnerTexts();
  expect(recovery).toHaveLength(10);
  await expectAccessible(page);

  await signOut(page);
  await signIn(page);
  await expect(page).toHaveURL(/\/sign-in\/code/);
  await expectAccessible(page);
  const before = await session(page.context());
  // The next one is taken already, since clocks differ; the one that confirmed the device is used.
  const code = device.generate({ timestamp: Date.now() + 30_000 });
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.waitForURL(`${origin}/account`);
  expect(await session(page.context()), 'another session than before the code').not.toBe(before);

  await signOut(page);
  await signIn(page);
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('alert')).toHaveText('The code is wrong.');

  await page.getByLabel('Code').fill(recovery[0] ?? '');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.waitForURL(`${origin}/account`);
  await expect(page.locator('main')).toContainText('Codes left for its loss: 9');
});

/** Puts an authenticator into the browser that keeps passkeys and knows its holder. */
async function authenticator(page: Page, knowsHolder = true): Promise<[CDPSession, string]> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('WebAuthn.enable');
  const { authenticatorId } = await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: knowsHolder,
      automaticPresenceSimulation: true,
    },
  });
  return [browser, authenticatorId];
}

test('passkeys are made, sign in without a password, and are taken away', async ({ page }) => {
  const wrongs: string[] = [];
  page.on('console', (said) => {
    if (said.text().includes('Content Security Policy')) {
      wrongs.push(said.text());
    }
  });
  const [browser, id] = await authenticator(page);
  const { command } = sporlos;
  await page.goto(
    (await command('user', 'add', 'dorte@example.com', '--admin', '--public-url', origin)).trim(),
  );
  await page.getByLabel('Name').fill('Dorte');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByLabel('E-mail').fill('dorte@example.com');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(`${origin}/account`);

  const making = page.locator('form[data-passkey=create]');
  await making.getByLabel('Your name for it').fill('<b>Telefon</b>');
  await making.getByLabel('Your password now').fill('not the password');
  await making.getByRole('button').click();
  await expect(making.getByRole('alert')).toContainText('The password is wrong');
  await making.getByLabel('Your password now').fill(password);
  await making.getByRole('button').click();
  await expect(page.locator('th', { hasText: '<b>Telefon</b>' })).toBeVisible();
  await expectAccessible(page);

  await signOut(page);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL(`${origin}/account`);
  await expect(page.locator('main')).toContainText('dorte@example.com');

  // A copy that counts less than the server has seen is refused, and so is what was shown before.
  const { credentials } = await browser.send('WebAuthn.getCredentials', { authenticatorId: id });
  const shown = await showOnce(page);
  expect(await showAgain(page, shown), 'the same answer twice').toBe(401);
  const [copy] = credentials;
  if (!copy) {
    throw new Error('the browser keeps no passkey');
  }
  expect(copy.signCount).toBeGreaterThan(0);
  await signOut(page);
  await browser.send('WebAuthn.removeCredential', {
    authenticatorId: id,
    credentialId: copy.credentialId,
  });
  await browser.send('WebAuthn.addCredential', {
    authenticatorId: id,
    credential: { ...copy, signCount: 0 },
  });
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('alert').first()).toContainText('The passkey does not hold');

  await page.getByLabel('E-mail').fill('dorte@example.com');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(`${origin}/account`);
  const removing = page.locator('form[action="/account/passkeys/remove"]');
  await removing.getByLabel('Your password now').fill(password);
  await removing.getByRole('button').click();
  await expect(page.locator('th', { hasText: 'Telefon' })).toHaveCount(0);
  expect(wrongs).toEqual([]);
});

/** Signs in by a passkey and returns the form that did so. */
async function showOnce(page: Page): Promise<string> {
  await signOut(page);
  const sent = page.waitForRequest(`${origin}/sign-in/passkey`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL(`${origin}/account`);
  return (await sent).postData() ?? '';
}

async function showAgain(page: Page, form: string): Promise<number> {
  const answer = await page.request.post(`${origin}/sign-in/passkey`, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    data: form,
    maxRedirects: 0,
  });
  return answer.status();
}
