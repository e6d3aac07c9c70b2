import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../core/model/report.ts';
import { renderHtml } from '../../../core/render/html/page.ts';
import { fleetReport } from '../../scenarios/fleet-report.ts';
import { findEngine } from '../engines/chromium.ts';
import { findBarriers, overflowOf, phone, type Reader, startReader } from './browser.ts';
import { attacks } from './reports.ts';

const engine = findEngine();
/** Megabytes: what a page of 3,000 target groups may weigh. */
const heaviest = 1.2;
/** Milliseconds: the lab serves three clusters first, and axe looks at thousands of elements, on a machine that may be busy. */
const longest = 400_000;

describe.skipIf(!engine.found)('chromium', () => {
  let reader: Reader;
  let fleet: Report;
  let html: string;

  beforeAll(async () => {
    if (!engine.found) return;
    reader = await startReader(engine.program);
    fleet = await fleetReport(3000, '127.49');
    html = renderHtml(fleet);
  }, longest);
  afterAll(() => reader?.close());

  test(`opens a page of 3,000 target groups that weighs less than ${heaviest} MB`, async () => {
    const megabytes = Buffer.byteLength(html) / 1e6;
    const { page } = await reader.open(html);
    const { elements, loadMs } = await page.evaluate(() => ({
      elements: document.querySelectorAll('*').length,
      loadMs: Math.round(performance.getEntriesByType('navigation')[0]?.duration ?? 0),
    }));
    const groups = fleet.groups.length;
    console.log(`${groups} target groups: ${megabytes.toFixed(2)} MB, ${elements} elements, loaded in ${loadMs} ms`);
    expect(groups).toBeGreaterThanOrEqual(3000);
    expect(megabytes).toBeLessThan(heaviest);
    expect(elements).toBeLessThan(6000);
  });

  test('draws every target group once in the map, and leads from a broken one to its finding', async () => {
    const { page } = await reader.open(html);
    for (const cluster of await page.locator('.map .cluster').all()) {
      await cluster.scrollIntoViewIfNeeded();
      await cluster.locator('.cell').first().waitFor();
    }
    await expect(page.locator('.map .cells .cell').count()).resolves.toBe(fleet.groups.length);
    const broken = page.locator('.map a.cell.wrong');
    await expect(broken.count()).resolves.toBe(fleet.diagnoses.length);
    await broken.last().click();
    const address = await broken.last().getAttribute('href');
    await page.locator(`${address}:target`).waitFor();
  });

  test('finds everything that has the words that are typed, wherever it is on the page', async () => {
    const { page } = await reader.open(html);
    const found = fleet.diagnoses.filter(({ cluster, cause }) => cluster === 'fleet-25' && cause === 'pod-crashloop');
    await page.getByRole('searchbox').fill('fleet-25 pod-crashloop');
    const count = found.length;
    await page.getByText(`${count} target groups, ${count} findings`).waitFor();
    await expect(page.locator('.overview li:visible').count()).resolves.toBe(1);
    await expect(page.locator('.cause:visible').count()).resolves.toBe(1);
    for (const { namespace, service } of found) {
      const name = `${namespace}/${service}`;
      await page
        .locator('.finding h4:visible', { hasText: `fleet-25 ${name}` })
        .first()
        .waitFor();
      await page.locator('.groups > li b:visible').getByText(name, { exact: true }).waitFor();
    }
    await page.getByRole('searchbox').fill('');
    await expect(page.locator('.overview li:visible').count()).resolves.toBe(5);
  });

  test('prints a fix for every finding', async () => {
    const { page } = await reader.open(html);
    await page.emulateMedia({ media: 'print' });
    await expect
      .poll(() => page.locator('.finding .fix:visible').count(), { timeout: 30_000 })
      .toBe(fleet.diagnoses.length);
    await expect(page.locator('.finding:not([open]) .chain:visible').count()).resolves.toBe(0);
  });

  test('shows attacks in rows that are drawn later as the text that they are', async () => {
    const struck = JSON.parse(
      JSON.stringify(fleet).replaceAll('team-9', JSON.stringify(attacks.join(' ')).slice(1, -1)),
    );
    const { page, requests } = await reader.open(renderHtml(struck));
    await page.emulateMedia({ media: 'print' });
    await page.emulateMedia({ media: 'screen' });
    await page.locator('.list summary').first().click();
    await page.locator('.groups > li').first().waitFor();
    await page.locator('.rest summary').first().click();
    const text = (await page.locator('main').textContent()) ?? '';
    expect(attacks.slice(0, 6).filter((attack) => !text.includes(attack))).toEqual([]);
    await expect(page.evaluate(() => 'struck' in globalThis)).resolves.toBe(false);
    await expect(page.locator('script').count()).resolves.toBe(2);
    await expect(page.locator('img, iframe, object, embed, form, base, link').count()).resolves.toBe(0);
    expect(requests).toEqual([page.url()]);
  });

  test('has every cause with a fix without scripts', async () => {
    const { page } = await reader.open(html, { javaScriptEnabled: false });
    for (const cause of await page.locator('.cause').all()) {
      await cause
        .locator('.finding')
        .first()
        .evaluate((finding) => finding.setAttribute('open', ''));
      await cause.locator('.fix').first().waitFor();
    }
    await page.getByText('Without scripts this page shows each cause').waitFor();
  });

  test('fits a screen of 360 pixels with 3,000 target groups', async () => {
    const { page } = await reader.open(html, { viewport: phone });
    await page.locator('.rest summary').first().click();
    await page.locator('.list summary').first().click();
    await page.locator('.groups > li').first().waitFor();
    expect(await overflowOf(page)).toEqual({ pixels: 0, elements: [] });
  });

  test.each(['light', 'dark'] as const)(
    'has no barrier that axe knows with 3,000 target groups: %s',
    async (colorScheme) => {
      const { page } = await reader.open(html, { viewport: phone, colorScheme });
      await page.locator('.rest summary').first().click();
      await page.locator('.list summary').first().click();
      await page.locator('.map .cluster').last().scrollIntoViewIfNeeded();
      await page.locator('.groups > li').first().waitFor();
      expect(await findBarriers(page)).toEqual([]);
    },
    longest,
  );
});
