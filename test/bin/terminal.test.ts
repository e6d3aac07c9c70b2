import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { spawn as spawnInTerminal } from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../core/diagnosis/catalogue.ts';
import { demoWorld } from '../../lab/demo.ts';
import type { Lab } from '../../lab/lab.ts';
import { startLab } from '../../lab/start.ts';
import { program } from './bundled-program.ts';
import { runCli, startCli } from './run-cli.ts';

const root = new URL('../../', import.meta.url).pathname;
const escapeCode = '\u001b';
const clearLine = `\r${escapeCode}[2K`;
const args = ['audit', '--no-probe', '--calls-per-second', '1000'];
let facts: string;
let lab: Lab;

beforeAll(async () => {
  lab = await startLab(demoWorld({ network: '127.90', now: new Date().toISOString() }));
  facts = join(mkdtempSync(join(tmpdir(), 'nlb-auditor-')), 'facts.json');
  await runCli(['collect', facts, '--no-probe', '--calls-per-second', '1000'], lab.env);
});
afterAll(() => lab.close());

/** What a terminal of so many columns receives. */
async function inTerminal(cols: number, words: string[], env: Record<string, string> = {}): Promise<string> {
  const { NO_COLOR: _, FORCE_COLOR: __, ...clean } = process.env;
  const child = spawnInTerminal(process.execPath, [program, ...words], {
    cwd: root,
    cols,
    rows: 50,
    name: 'xterm-256color',
    env: { ...clean, ...env },
  });
  let shown = '';
  child.onData((data) => {
    shown += data;
  });
  await new Promise((resolve) => child.onExit(resolve));
  return shown.replaceAll('\r\n', '\n');
}

describe('a terminal', () => {
  test.each([80, 120, 160])('of %i columns holds every line but commands to copy and long words', async (columns) => {
    const shown = stripVTControlCharacters(await inTerminal(columns, ['examine', facts]));
    expect(shown).toContain('In short');
    const long = shown.split('\n').filter((line) => line.length > columns && !/^ +\$ /.test(line));
    expect(long).toEqual([]);
  });

  test('says which option makes calls wait', async () => {
    const paced = ['audit', '--no-probe', '--calls-per-second', '8'];
    expect(await inTerminal(160, paced, lab.env)).toContain('paced by --calls-per-second');
    expect(await inTerminal(160, args, lab.env)).not.toContain('paced');
  });

  test('has colours, unless NO_COLOR says otherwise', async () => {
    expect(await inTerminal(80, ['examine', facts])).toContain(`${escapeCode}[31m✗`);
    expect(await inTerminal(80, ['examine', facts], { NO_COLOR: '1' })).not.toContain(escapeCode);
  });

  test('shows on one line that is painted over what is going on, and keeps nothing of it', async () => {
    const shown = await inTerminal(100, args, lab.env);
    const [live = ''] = shown.split('111122223333 eu-west-1');
    const painted = live.split(clearLine).map(stripVTControlCharacters);
    expect(painted.some((line) => /^. surveying clusters.* calls/.test(line))).toBe(true);
    expect(painted.some((line) => /^. reading 2 clusters, 14 target groups {2}\d+\.\d s {2}\d+ calls/.test(line))).toBe(
      true,
    );
    expect(live).not.toContain('\n');
    expect(painted.at(-1)?.trim()).toBe('');
  });

  test('lists the checks one a line', async () => {
    const lines = (await inTerminal(80, ['checks'])).trimEnd().split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBe(80);
  });
});

describe('a pipe', () => {
  test('gets no escape code, one line for each step, and no other progress', async () => {
    const { stdout, stderr } = await startCli(args, lab.env).result;
    expect(stdout + stderr).not.toContain(escapeCode);
    expect(stderr.trimEnd().split('\n')).toEqual([
      'signing in to AWS …',
      'surveying clusters, load balancers and target groups …',
      'reading 2 clusters, 14 target groups …',
      'probing the targets that fail …',
    ]);
  });

  test('that is closed early ends the command in silence', async () => {
    const child = spawn(process.execPath, [program, 'examine', facts, '--output', 'json'], { cwd: root });
    child.stdout.destroy();
    const [stderr, [code, signal]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect({ stderr, code, signal }).toEqual({ stderr: '', code: expect.any(Number), signal: null });
  });
});

describe('a pipe and its columns', () => {
  test.each([
    ['examine', () => ['examine', facts]],
    ['checks', () => ['checks']],
    ['explain', () => ['explain', 'kube-proxy-node-name-mismatch']],
    ['lab --list', () => ['lab', '--list']],
  ])('gets the lines of %s as wide as COLUMNS says', async (_, words) => {
    const { stdout } = await runCli(words(), { COLUMNS: '72' });
    const texts = stdout.replaceAll(/^```[\s\S]*?^```$/gm, '').split('\n');
    const long = texts.filter(
      (line) =>
        line.length > 72 && !/^(#| +\$ |(- | *(saw +)?)\S+$)/.test(line) && !/^[^`]{0,71}`[^`]+`\S*$/.test(line),
    );
    expect(long).toEqual([]);
    expect(texts.length).toBeGreaterThan(20);
  });

  test('that says nothing gets each check on one line, for grep', async () => {
    const { stdout } = await runCli(['checks']);
    expect(stdout.trim().split('\n')).toHaveLength(catalogue.length);
    expect(stdout).not.toContain('…');
  });

  test.each(['0', '-5', 'wide', '7'])('takes no COLUMNS of %s', async (COLUMNS) => {
    const [given, without] = [await runCli(['checks'], { COLUMNS }), await runCli(['checks'])];
    expect(given.stdout).toBe(without.stdout);
  });
});
