/** Draws docs/report-desktop.png and docs/report-phone.png: the report of the demo account, in at most 128 colours. */
import { writeFileSync } from 'node:fs';
import UPNG from 'upng-js';
import { renderHtml } from '../../../core/render/html/page.ts';
import { findEngine } from '../engines/chromium.ts';
import { desktop, startReader } from './browser.ts';
import { demoHistory } from './reports.ts';

const docs = new URL('../../../docs/', import.meta.url);
const colors = 128;
const pictures = [
  { name: 'report-desktop.png', viewport: desktop, height: 1960, deviceScaleFactor: 1.5 },
  { name: 'report-phone.png', viewport: { width: 390, height: 844 }, height: 1688, deviceScaleFactor: 2 },
];

const engine = findEngine();
if (!engine.found) throw new Error(`${engine.why}: ${engine.remedy}`);
const { report } = await demoHistory();
const html = renderHtml(report);
const reader = await startReader(engine.program);
for (const { name, viewport, height, deviceScaleFactor } of pictures) {
  const { page } = await reader.open(html, { viewport, deviceScaleFactor });
  const clip = { x: 0, y: 0, width: viewport.width, height };
  const image = UPNG.decode(new Uint8Array(await page.screenshot({ fullPage: true, clip })).buffer);
  const png = UPNG.encode(UPNG.toRGBA8(image), image.width, image.height, colors);
  writeFileSync(new URL(name, docs), new Uint8Array(png));
  console.log(`docs/${name}: ${image.width} × ${image.height}, ${Math.round(png.byteLength / 1000)} kB`);
}
await reader.close();
process.exit(0);
