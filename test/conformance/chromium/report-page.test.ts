import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../core/model/report.ts';
import { renderHtml } from '../../../core/render/html/page.ts';
import { findEngine } from '../engines/chromium.ts';
import { desktop, findBarriers, type Opened, overflowOf, phone, type Reader, startReader, unfold } from './browser.ts';
import { attacked, attacks, demoHistory } from './reports.ts';

const engine = findEngine();

describe.skipIf(!engine.found)('chromium', () => {
  let reader: Reader;
  let demo: Report;
  let hostile: string;
  const open = (options: Parameters<Reader['open']>[1] = {}): Promise<Opened> => reader.open(renderHtml(demo), options);

  beforeAll(async () => {
    if (!engine.found) return;
    reader = await startReader(engine.program);
    const { first, report } = await demoHistory();
    demo = report;
    hostile = renderHtml(attacked(first));
  });
  afterAll(() => reader?.close());

  test('says the verdict first and leads from each cause to its finding, unfolded', async () => {
    const { page } = await open();
    await expect(page.locator('h1').textContent()).resolves.toBe('8 causes on 8 Services');
    const line = page.locator('.overview a', { hasText: 'selector of the Service matches no pod' });
    const command = page.locator('pre', { hasText: 'set selector service basket' }).first();
    await expect(command.isVisible()).resolves.toBe(false);
    await line.click();
    await command.waitFor();
  });

  test('marks the broken link of the chain, both vantage points, and the time of each', async () => {
    const { page } = await open();
    await unfold(page);
    const finding = page.locator('.finding', { has: page.locator('h4', { hasText: 'catalog/prices' }) });
    await expect(finding.locator('.link.broken').textContent()).resolves.toMatch(/^Target groupbroken here/);
    await expect(finding.locator('.views').textContent()).resolves.toMatch(/0 of 3 healthy[\s\S]*HTTP 404[\s\S]* ms/);
    await expect(finding.locator('.zones li').count()).resolves.toBe(3);
    await expect(page.locator('.timeline .opened').count()).resolves.toBeGreaterThan(8);
    await expect(page.locator('.timeline .resolved').count()).resolves.toBeGreaterThan(0);
  });

  test('copies a command as it is', async () => {
    const { page } = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    const command = page.locator('.finding[open] .command').first();
    await command.getByRole('button', { name: 'Copy' }).click();
    await command.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await command.locator('pre').textContent());
    expect(copied).toMatch(/^(aws|kubectl) /);
  });

  test('narrows the list of target groups to the words that are typed', async () => {
    const { page } = await open();
    await page.getByRole('searchbox').fill('ledger broken');
    const shown = page.locator('.groups > li:visible');
    await expect(shown.allTextContents()).resolves.toEqual([
      expect.stringContaining('ledger/exports'),
      expect.stringContaining('ledger/settlement'),
    ]);
  });

  test('is read and unfolded without scripts', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    await expect(page.locator('h1').isVisible()).resolves.toBe(true);
    await expect(page.getByRole('button', { name: 'Copy' }).count()).resolves.toBe(0);
    const command = page.locator('pre', { hasText: 'set selector service basket' }).first();
    await page.locator('.overview a', { hasText: 'selector of the Service matches no pod' }).click();
    await command.waitFor();
  });

  test('is walked through by keyboard', async () => {
    const { page } = await open();
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('What is wrong');
    const summary = page.locator('.finding > summary').nth(1);
    await summary.focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('.finding').nth(1).getAttribute('open')).resolves.toBe('');
  });

  test('unfolds its findings on paper', async () => {
    const { page } = await open();
    const command = page.locator('pre', { hasText: 'set selector service basket' }).first();
    await page.emulateMedia({ media: 'print' });
    await expect(command.isVisible()).resolves.toBe(true);
  });

  test('asks for nothing but itself', async () => {
    const { page, requests } = await open();
    await unfold(page);
    await page.getByRole('searchbox').fill('orders');
    await page.screenshot({ fullPage: true });
    expect(requests).toEqual([page.url()]);
  });

  test('lets no script run but its own', async () => {
    const { page } = await open();
    const struck = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.struck = true';
      document.body.append(script);
      return 'struck' in globalThis;
    });
    expect(struck).toBe(false);
    await expect(page.getByRole('button', { name: 'Copy' }).count()).resolves.toBeGreaterThan(0);
  });

  test('shows attacks in names and logs as the text that they are', async () => {
    const { page, requests } = await reader.open(hostile);
    await unfold(page);
    await page.screenshot({ fullPage: true });
    const text = (await page.locator('main').textContent()) ?? '';
    expect(attacks.slice(0, 6).filter((attack) => !text.includes(attack))).toEqual([]);
    await expect(page.evaluate(() => 'struck' in globalThis)).resolves.toBe(false);
    await expect(page.locator('script').count()).resolves.toBe(1);
    await expect(page.locator('img, iframe, object, embed, svg, form, base, link').count()).resolves.toBe(0);
    const unexpected = await page.evaluate(() =>
      [...document.querySelectorAll('*')].flatMap((element) =>
        element.getAttributeNames().filter((name) => name.startsWith('on') || name === 'src'),
      ),
    );
    expect(unexpected).toEqual([]);
    expect(requests).toEqual([page.url()]);
  });

  test('makes characters visible that turn the direction of writing', async () => {
    const { page } = await reader.open(hostile);
    const text = await page.evaluate(() => document.body.textContent ?? '');
    expect(text).toContain('\uFFFDgnp.exe\uFFFD');
    expect(text).not.toMatch(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
  });

  test.each([
    ['demo', 'folded'],
    ['demo', 'unfolded'],
    ['hostile', 'unfolded'],
  ])('fits a screen of 360 pixels: %s, %s', async (which, state) => {
    const { page } = await reader.open(which === 'demo' ? renderHtml(demo) : hostile, { viewport: phone });
    if (state === 'unfolded') await unfold(page);
    expect(await overflowOf(page)).toEqual({ pixels: 0, elements: [] });
  });

  test.each([
    ['light', 'desktop'],
    ['dark', 'desktop'],
    ['light', 'phone'],
    ['dark', 'phone'],
  ] as const)('has no barrier that axe knows: %s, %s', async (colorScheme, screen) => {
    const viewport = screen === 'phone' ? phone : desktop;
    const { page } = await open({ colorScheme, viewport });
    expect(await findBarriers(page)).toEqual([]);
    await unfold(page);
    expect(await findBarriers(page)).toEqual([]);
  });
});
