import { expect, test } from '../support/test';

test('what is done on a page is counted by itself, pinned, under a strict policy, on a page that lets nobody hear', async ({
  page,
  collector,
  website,
}) => {
  await page.goto(`${website.origin}/extras`);

  await page.getByText('away').click();
  await page.getByText('file').click();
  await page.getByText('within').click();
  await page.getByText('buy').click();
  await page.evaluate(() => {
    document.querySelector('form')?.requestSubmit();
  });

  const events = () => collector.beacons.filter(({ n }) => !['pageview', 'engagement'].includes(n));
  await expect.poll(() => events().length).toBe(4);
  await page.waitForLoadState('networkidle');
  expect(events()).toMatchObject([
    { n: 'Outbound Link: Click', p: { url: 'http://127.0.0.1:9/there' } },
    { n: 'File Download', p: { url: `${website.origin}/files/report.pdf` } },
    { n: 'Buy', p: { plan: 'yearly' } },
    { n: 'Form: Submission', p: { form: 'contact' } },
  ]);
  expect(JSON.stringify(collector.beacons)).not.toContain('eve@');
});

test('a page that is missing is counted as such, and none other', async ({
  page,
  collector,
  website,
}) => {
  await page.goto(`${website.origin}/missing`);

  await expect
    .poll(() => collector.beacons.map(({ n, i }) => [n, i]))
    .toEqual([
      ['pageview', undefined],
      ['404', false],
    ]);
});
