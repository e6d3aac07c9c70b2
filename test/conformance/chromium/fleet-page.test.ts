import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../core/model/report.ts';
import { renderHtml } from '../../../core/render/html/page.ts';
import { fleetReport } from '../../scenarios/fleet-report.ts';
import { findEngine } from '../engines/chromium.ts';
import { overflowOf, phone, type Reader, startReader } from './browser.ts';

const engine = findEngine();
/** Megabytes: what a page of 3,000 target groups may weigh. */
const heaviest = 4.5;

describe.skipIf(!engine.found)('chromium', () => {
  let reader: Reader;
  let fleet: Report;
  let html: string;

  beforeAll(async () => {
    if (!engine.found) return;
    reader = await startReader(engine.program);
    fleet = await fleetReport(3000, '127.49');
    html = renderHtml(fleet);
  });
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
  });

  test('draws every target group once in the map, and leads from a broken one to its finding', async () => {
    const { page } = await reader.open(html);
    await expect(page.locator('.map .spaces .cell').count()).resolves.toBe(fleet.groups.length);
    const broken = page.locator('.map a.cell.wrong');
    await expect(broken.count()).resolves.toBe(fleet.diagnoses.length);
    await broken.last().click();
    const address = await broken.last().getAttribute('href');
    await page.locator(address ?? '').waitFor();
  });

  test('fits a screen of 360 pixels with 3,000 target groups', async () => {
    const { page } = await reader.open(html, { viewport: phone });
    expect(await overflowOf(page)).toEqual({ pixels: 0, elements: [] });
  });
});
