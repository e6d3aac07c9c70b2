/**
 * Prints as JSON what each of the named pages costs on a slow phone, with the CPU throttled to a quarter: milliseconds until it
 * is drawn after it has loaded, and until the worst key stroke into its filter is drawn (Event Timing). Median of five openings.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { findEngine } from '../engines/chromium.ts';
import { type Reader, startReader } from './browser.ts';

const throttle = 4;
const openings = 5;
const typed = 'orders broken';
const screen = { width: 390, height: 844 };

const engine = findEngine();
if (!engine.found) throw new Error(`${engine.why}: ${engine.remedy}`);
const reader = await startReader(engine.program);
for (const path of process.argv.slice(2)) {
  const html = readFileSync(path, 'utf8');
  const seen: Awaited<ReturnType<typeof measure>>[] = [];
  for (let count = 0; count < openings; count += 1) seen.push(await measure(reader, html));
  const openMs = median(seen.map((each) => each.openMs));
  const keyMs = median(seen.map((each) => each.keyMs));
  const taskMs = median(seen.map((each) => each.taskMs));
  const elements = median(seen.map((each) => each.elements));
  const megabytes = Buffer.byteLength(html) / 1e6;
  console.log(JSON.stringify({ page: basename(path), megabytes, elements, openMs, keyMs, taskMs }));
}
await reader.close();
process.exit(0);

interface Watched {
  openMs?: number;
  keyMs: number;
  taskMs: number;
}

async function measure({ open }: Reader, html: string): Promise<Required<Watched> & { elements: number }> {
  const { page } = await open(html, { viewport: screen, throttle, onStart: watch });
  const openMs = await page
    .waitForFunction(() => (globalThis as unknown as { watched: Watched }).watched.openMs)
    .then((handle) => handle.jsonValue());
  await page.getByRole('searchbox').focus();
  for (const letter of typed) await page.keyboard.press(letter === ' ' ? 'Space' : letter, { delay: 20 });
  await page.waitForTimeout(1500);
  const { keyMs, taskMs } = await page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched);
  const elements = await page.evaluate(() => document.querySelectorAll('*').length);
  await page.context().close();
  return { openMs: Math.round(openMs ?? 0), keyMs: Math.round(keyMs), taskMs: Math.round(taskMs), elements };
}

/** Runs in the page before anything else: notes when it is drawn, the slowest key stroke and the longest task after it. */
function watch(): void {
  const watched: Watched = { keyMs: 0, taskMs: 0 };
  Object.assign(globalThis, { watched });
  const note = (entries: PerformanceObserverEntryList, key: 'keyMs' | 'taskMs'): void => {
    for (const { duration, startTime } of entries.getEntries()) {
      if (watched.openMs !== undefined && startTime > watched.openMs) watched[key] = Math.max(watched[key], duration);
    }
  };
  new PerformanceObserver((list) => note(list, 'keyMs')).observe({
    type: 'event',
    durationThreshold: 16,
  } as PerformanceObserverInit);
  new PerformanceObserver((list) => note(list, 'taskMs')).observe({ type: 'longtask' });
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
