import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { demoWorld } from '../../lab/demo.ts';
import { startLab } from '../../lab/start.ts';

const escapeCode = String.fromCharCode(27);
/** A colour code of a terminal (ECMA-48, SGR). */
const code = new RegExp(`(${escapeCode}\\[\\d+m)`);
const columns = 124;
const rows = 46;
const line = 18;
const colors: Record<string, string> = { 31: '#f47067', 32: '#6bc46d', 33: '#daaa3f', 36: '#56d4dd' };

/** Draws docs/audit.svg: the first lines of a real audit of the demo account, as a terminal shows them. */
export async function drawTerminal(): Promise<void> {
  const lab = await startLab(demoWorld({ network: '127.92', now: new Date().toISOString() }));
  const env = { ...process.env, ...lab.env, FORCE_COLOR: '1', COLUMNS: String(columns) };
  const args = ['bin/nlb-auditor.ts', 'audit', '--calls-per-second', '1000'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env }).catch(
    (error) => error as { stdout: string },
  );
  await lab.close();

  const lines = ['$ nlb-auditor audit', '', ...stdout.split('\n')].slice(0, rows);
  const height = (lines.length + 2) * line;
  const body = lines
    .map((text, index) => `<text x="16" y="${(index + 2) * line}">${spans(clip(text))}</text>`)
    .join('\n');
  writeFileSync(
    'docs/audit.svg',
    `<svg xmlns="http://www.w3.org/2000/svg" width="970" height="${height}" viewBox="0 0 970 ${height}" role="img" aria-label="Output of nlb-auditor audit">
<style>text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#d6dde6;white-space:pre}</style>
<rect width="100%" height="100%" rx="8" fill="#1c2128"/>
${body}
</svg>
`,
  );
}

/** At most as many characters as fit, colour codes not counted. */
function clip(text: string): string {
  let room = columns - 4;
  return text
    .split(code)
    .map((part) => {
      if (code.test(part)) return part;
      const shown = part.slice(0, Math.max(0, room));
      room -= part.length;
      return room < 0 && shown !== '' ? `${shown}…` : shown;
    })
    .join('');
}

/** Colour codes as spans. */
function spans(text: string): string {
  let style = '';
  return text
    .split(code)
    .map((part) => {
      if (!code.test(part)) return part === '' ? '' : `<tspan xml:space="preserve"${style}>${escapeXml(part)}</tspan>`;
      style = styleOf(part.slice(2, -1));
      return '';
    })
    .join('');
}

function styleOf(number: string): string {
  if (number === '1') return ' font-weight="bold"';
  if (number === '2') return ' fill="#768390"';
  const color = colors[number];
  return color === undefined ? '' : ` fill="${color}"`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
