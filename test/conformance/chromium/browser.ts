import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 360, height: 780 };

/** A page as somebody opens it from a file, with every address that it asked for. */
export interface Opened {
  page: Page;
  requests: string[];
}

export interface OpenOptions extends BrowserContextOptions {
  /** By how much the processor is slowed down. */
  throttle?: number;
  /** Runs in the page before anything of it does. */
  onStart?: () => void;
}

export interface Reader {
  open(html: string, options?: OpenOptions): Promise<Opened>;
  close(): Promise<void>;
}

/** Starts Chromium, which opens pages from files. */
export async function startReader(program: string): Promise<Reader> {
  // Root has no sandbox; the pages are our own.
  const browser: Browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  let count = 0;
  return {
    async open(html, { throttle, onStart, ...options } = {}) {
      count += 1;
      const path = join(folder, `${count}.html`);
      writeFileSync(path, html);
      const context = await browser.newContext({ viewport: desktop, ...options });
      const page = await context.newPage();
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      if (onStart !== undefined) await page.addInitScript(onStart);
      if (throttle !== undefined) {
        const session = await context.newCDPSession(page);
        await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
      }
      await page.goto(pathToFileURL(path).href, { timeout: 30_000 * (throttle ?? 1) });
      return { page, requests };
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Unfolds everything that can be unfolded. */
export const unfold = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });

/** What axe finds against WCAG 2.2 A and AA and against good practice, with the places. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { passes, violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations', 'passes'] }),
  );
  if (passes.length < 10) throw new Error(`axe has looked at next to nothing: ${passes.map(({ id }) => id)}`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160))}`);
}

/** By how many pixels the page is wider than the screen, and what of the unfolded sticks out. */
export const overflowOf = (page: Page): Promise<{ pixels: number; elements: string[] }> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll('body *')].filter(
      (element) => element.checkVisibility() && element.getBoundingClientRect().right > width + 1,
    );
    return {
      pixels: document.documentElement.scrollWidth - width,
      elements: wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 120)),
    };
  });
