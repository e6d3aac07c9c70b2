/** Draws docs/slack-*.png: what the demo account tells a Slack channel, by a renderer of Block Kit that is not ours. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { type Block, Message as SlackMessageView } from 'slack-blocks-to-jsx';
import UPNG from 'upng-js';
import type { SlackMessage } from '../../../core/render/message/slack-blocks.ts';
import { renderSlackIncident, renderSlackReply } from '../../../core/render/message/slack-incident.ts';
import { findEngine } from '../engines/chromium.ts';
import { startReader } from './browser.ts';
import { demoMessages } from './messages.ts';

const docs = new URL('../../../docs/', import.meta.url);
const style = readFileSync(new URL('../node_modules/slack-blocks-to-jsx/dist/style.css', import.meta.url), 'utf8');
const vpcId = 'vpc-0aaaaaaaaaaaaaa01';
const colors = 64;
const viewport = { width: 760, height: 100 };

const { opened, changed, resolved, digest } = await demoMessages();
const link = { reportUrl: 'https://reports.example/report', buttonsFor: vpcId };
const pictures: Record<string, (SlackMessage | null)[]> = {
  opened: [renderSlackIncident(opened, link), renderSlackReply(opened)],
  changed: [renderSlackIncident(changed, link), renderSlackReply(changed)],
  resolved: [renderSlackIncident(resolved, link), renderSlackReply(resolved)],
  digest: [renderSlackIncident(digest, link)],
};

/** Slack shows emoji as pictures of its own; a machine may have no font for them. */
const emoji: Record<string, string> = {
  '🔴': '<i class="emoji" style="background:#dd2e44"></i>',
  '🟠': '<i class="emoji" style="background:#f4900c"></i>',
  '🟡': '<i class="emoji" style="background:#fdcb58"></i>',
  '🔵': '<i class="emoji" style="background:#55acee"></i>',
  '✅': '<i class="emoji tick" style="background:#77b255">✓</i>',
};

const engine = findEngine();
if (!engine.found) throw new Error(`${engine.why}: ${engine.remedy}`);
const reader = await startReader(engine.program);
for (const [name, [message, reply]] of Object.entries(pictures)) {
  const { page } = await reader.open(pageOf(message, reply), { viewport, deviceScaleFactor: 1.5 });
  const image = UPNG.decode(new Uint8Array(await page.screenshot({ fullPage: true })).buffer);
  const png = UPNG.encode(UPNG.toRGBA8(image), image.width, image.height, colors);
  writeFileSync(new URL(`slack-${name}.png`, docs), new Uint8Array(png));
  console.log(`docs/slack-${name}.png: ${image.width} × ${image.height}, ${Math.round(png.byteLength / 1000)} kB`);
}
await reader.close();
process.exit(0);

/** The message, and under it, moved in, what its thread says. */
function pageOf(message: SlackMessage | null | undefined, reply: SlackMessage | null | undefined): string {
  return `<!doctype html><meta charset="utf-8"><style>${style}
body { margin: 16px 20px; background: #fff; font-family: Lato, Helvetica, Arial, 'DejaVu Sans', sans-serif; }
.thread { margin: 12px 0 0 44px; padding-left: 12px; border-left: 3px solid #ddd; }
.emoji { display: inline-grid; place-items: center; width: 1em; height: 1em; vertical-align: -0.1em; border-radius: 50%; color: #fff; }
.emoji.tick { border-radius: 20%; font-size: 0.9em; }
</style>${drawEmoji(view(message))}${reply ? `<div class="thread">${drawEmoji(view(reply))}</div>` : ''}`;
}

function drawEmoji(html: string): string {
  return Object.entries(emoji).reduce((drawn, [sign, picture]) => drawn.replaceAll(sign, picture), html);
}

/** The renderer takes `verbatim` for text without marks; Slack still reads the marks (Slack, "Text object"). */
function unmark(name: string, value: unknown): unknown {
  return name === 'verbatim' ? undefined : value;
}

function view(message: SlackMessage | null | undefined): string {
  if (!message) return '';
  return renderToStaticMarkup(
    createElement(SlackMessageView, {
      blocks: JSON.parse(JSON.stringify(message.blocks), unmark) as Block[],
      name: 'eks-nlb-auditor',
      // Slack shows what it knows no emoji for as it is, and with `verbatim` links nothing that nobody marked.
      hooks: {
        emoji: ({ name }) => name,
        link: ({ href, className, children }) =>
          href?.startsWith('https://') ? createElement('a', { href, className }, children) : children,
      },
      logo: `data:image/svg+xml,${encodeURIComponent(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" rx="6" fill="#1c2128"/><g fill="none" stroke="#9fb3c8" stroke-width="3"><circle cx="16" cy="16" r="8"/><path d="M22 22l7 7"/></g></svg>',
      )}`,
    }),
  );
}
