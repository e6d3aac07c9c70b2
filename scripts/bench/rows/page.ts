import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderHtml } from '../../../core/render/html/page.ts';
import { findEngine } from '../../../test/conformance/engines/chromium.ts';
import { fleetReport } from '../../../test/scenarios/fleet-report.ts';
import { installPackages } from '../../conformance/install-packages.ts';
import { installChromium } from '../../conformance/install-programs.ts';
import { child } from '../child.ts';
import type { Row } from '../row.ts';

/** What one page costs in Chromium: milliseconds by the clock, and of processor time of its main thread. */
interface PageRun {
  megabytes: number;
  elements: number;
  openMs: number;
  openCpuMs: number;
  keyMs: number;
  keyCpuMs: number;
}

const sizes = [300, 3000];
const mostMs = { open: 2000, key: 200 };

/** The HTML report of large accounts on a slow phone. */
export const page: Row = {
  id: 'page',
  what: `the HTML report of ${sizes.join(' and ')} target groups, a tenth of them broken, in Chromium on a phone’s screen with the processor throttled to a quarter; the worst of 24 key strokes in its filter, median of 3`,
  goal: `processor time ≤ ${mostMs.open / 1000} s until it is open, ≤ ${mostMs.key / 1000} s for a key stroke`,
  async measure() {
    installChromium();
    const engine = findEngine();
    if (!engine.found) return { result: `not measured here: ${engine.why}`, met: null, tables: [] };
    installPackages(new URL('../../../test/conformance/', import.meta.url));
    const folder = mkdtempSync(join(tmpdir(), 'page-'));
    try {
      const lines = [];
      for (const size of sizes) {
        const path = join(folder, `${size}.html`);
        writeFileSync(path, renderHtml(await fleetReport(size, '127.49')));
        const { megabytes, elements, ...figures } = await child<PageRun>([
          'test/conformance/chromium/measure-page.ts',
          path,
        ]);
        const { openMs, openCpuMs, keyMs, keyCpuMs } = figures;
        lines.push({ 'target groups': size, megabytes, elements, openMs, openCpuMs, keyMs, keyCpuMs });
      }
      return {
        result: lines
          .map((line) => `${line['target groups']}: open ${inSeconds(line.openCpuMs)}, key ${inSeconds(line.keyCpuMs)}`)
          .join('; '),
        met: lines.every(({ openCpuMs, keyCpuMs }) => openCpuMs <= mostMs.open && keyCpuMs <= mostMs.key),
        notes: [
          'Typed is the name of a cluster and the beginning of a cause, and all of it is deleted again; a key stroke ends when everything that it leaves near the screen is drawn. Processor time is that of the page’s main thread, in which Chromium counts the throttling; by the clock the machine’s other work is in it too.',
        ],
        tables: [{ title: 'Milliseconds', lines }],
      };
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

const inSeconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
