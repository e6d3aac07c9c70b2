/**
 * Prints as JSON what each of the named pages costs on a slow phone: milliseconds until it is drawn after it has loaded, and
 * until the worst key stroke into its filter is drawn, with the processor throttled to a quarter: by the clock, and as processor
 * time of the page's main thread, in which Chromium counts the throttling and not what else the machine does. Medians.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { findEngine } from '../engines/chromium.ts';
import { type Reader, startReader } from './browser.ts';

const slower = 4;
const openings = 3;
/** What is typed into the filter, and deleted again: a cluster and a cause of every fleet, so that each step has rows to draw. */
const typed = 'fleet-02 pod';
const keys = [...[...typed].map((letter) => (letter === ' ' ? 'Space' : letter)), ...[...typed].map(() => 'Backspace')];
const screen = { width: 390, height: 844 };

interface Watched {
  openMs?: number;
  keyMs: number;
}

interface Figures extends Required<Watched> {
  openCpuMs: number;
  keyCpuMs: number;
  elements: number;
}

const engine = findEngine();
if (!engine.found) throw new Error(`${engine.why}: ${engine.remedy}`);
const reader = await startReader(engine.program);
for (const path of process.argv.slice(2)) {
  const html = readFileSync(path, 'utf8');
  const seen: Figures[] = [];
  for (let count = 0; count < openings; count += 1) seen.push(await measure(reader, html));
  const middle = (figure: keyof Figures): number => Math.round(median(seen.map((each) => each[figure])));
  console.log(
    JSON.stringify({
      page: basename(path),
      megabytes: Number((Buffer.byteLength(html) / 1e6).toFixed(2)),
      elements: middle('elements'),
      openMs: middle('openMs'),
      openCpuMs: middle('openCpuMs'),
      keyMs: middle('keyMs'),
      keyCpuMs: middle('keyCpuMs'),
    }),
  );
}
await reader.close();
process.exit(0);

async function measure({ open }: Reader, html: string): Promise<Figures> {
  const { page } = await open(html, { viewport: screen, throttle: slower, onStart: watch });
  const watched = (): Promise<Watched> => page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched);
  await page.waitForFunction(() => (globalThis as unknown as { watched: Watched }).watched.openMs);
  const { openMs = 0 } = await watched();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await mainThreadMs(session);
  await page.reload({ timeout: 120_000 });
  await page.waitForFunction(() => (globalThis as unknown as { watched: Watched }).watched.openMs);
  const openCpuMs = (await mainThreadMs(session)) - before;
  const elements = await page.evaluate(() => document.querySelectorAll('*').length);
  const keyCpuMs = await typeInto(page, session);
  const { keyMs } = await watched();
  await page.context().close();
  return { openMs, openCpuMs, keyMs, keyCpuMs, elements };
}

/** The most processor time that a key stroke took until everything was drawn. */
async function typeInto(page: Page, session: CDPSession): Promise<number> {
  const field = page.getByRole('searchbox');
  await field.focus();
  let worst = 0;
  for (const key of keys) {
    const before = await mainThreadMs(session);
    await page.keyboard.press(key);
    await page.evaluate(stillness);
    worst = Math.max(worst, (await mainThreadMs(session)) - before);
  }
  return worst;
}

/** Runs in the page: waits for three frames in a row that change nothing. */
function stillness(): Promise<void> {
  return new Promise((done) => {
    let still = 0;
    const changes = new MutationObserver(() => {
      still = 0;
    });
    changes.observe(document, { subtree: true, childList: true, attributes: true });
    const onFrame = (): void => {
      still += 1;
      if (still <= 3) return void requestAnimationFrame(onFrame);
      changes.disconnect();
      done();
    };
    requestAnimationFrame(onFrame);
  });
}

async function mainThreadMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  return seconds * 1000;
}

/** Runs in the page before anything else: notes when it is drawn, and the slowest key stroke after it. */
function watch(): void {
  const watched: Watched = { keyMs: 0 };
  Object.assign(globalThis, { watched });
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries()) {
      if (startTime > (watched.openMs ?? Number.POSITIVE_INFINITY)) watched.keyMs = Math.max(watched.keyMs, duration);
    }
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  addEventListener('load', () => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        watched.openMs = performance.now();
      };
      port2.postMessage(null);
    });
  });
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
