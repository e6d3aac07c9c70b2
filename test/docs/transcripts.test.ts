import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoWorld } from '../../lab/demo.ts';
import type { Lab } from '../../lab/lab.ts';
import { scenarios } from '../../lab/scenarios.ts';
import { startLab } from '../../lab/start.ts';
import { runCli } from '../bin/run-cli.ts';
import { type Code, codeIn } from './pages.ts';
import { commandsIn, wordsForNlbAuditor } from './shell.ts';

/** The lab of the pages is at 127.20; here it is where no other test is. */
const network = '127.94';
/** Milliseconds; each command takes seconds on a busy machine. */
const patience = 120_000;
/** Its bucket is nobody else's. */
const fast = ['--calls-per-second', '1000'];

const blocks = codeIn('console', 'json').filter(({ settings }) => settings['lab'] !== undefined);
const byLab = Map.groupBy(blocks, ({ settings }) => settings['lab'] ?? '');

describe.each([...byLab])('against the lab with %s', (id, shown) => {
  const folder = mkdtempSync(join(tmpdir(), 'nlb-auditor-docs-'));
  const facts = join(folder, 'facts.json');
  let lab: Lab;

  beforeAll(async () => {
    lab = await startLab(worldOf(id));
    if (shown.some(isAboutFacts)) await runCli(['collect', facts, ...fast], lab.env);
  }, patience);
  afterAll(async () => {
    await lab.close();
    rmSync(folder, { recursive: true });
  });

  const transcripts = shown.filter(({ language }) => language === 'console');
  test.each(transcripts)(
    '$name says what it says',
    async (block: Code) => {
      const commands = commandsIn(block);
      expect(commands).not.toEqual([]);
      for (const { command, output } of commands) {
        const words = wordsForNlbAuditor(command)?.map((word) => (word === 'facts.json' ? facts : word));
        if (words === undefined) throw new Error(`a transcript shows nlb-auditor only, not ${command}`);
        // One after the other: a command may read what the one before it has written.
        const { stdout } = await runCli([...words, ...(words[0] === 'audit' ? fast : [])], lab.env);
        expect(steady(stdout)).toMatch(pattern(steady(output.join('\n'))));
      }
    },
    patience,
  );

  const excerpts = shown.filter(({ language }) => language === 'json');
  test.each(excerpts)('$name is in the facts', ({ text }: Code) => {
    const observed: unknown = JSON.parse(steady(readFileSync(facts, 'utf8')));
    expect(holds(observed, JSON.parse(steady(text))), text).toBe(true);
  });
});

const isAboutFacts = ({ language, text }: Code): boolean => language === 'json' || text.includes('facts.json');

function worldOf(id: string) {
  const now = new Date().toISOString();
  if (id === 'demo') return demoWorld({ network, now });
  const scenario = scenarios.find((each) => each.id === id);
  if (scenario === undefined) throw new Error(`there is no scenario ${id}`);
  return scenario.build({ network, now });
}

/** The text without what differs from one run to the next, or with each check and read that is added. */
const steady = (text: string): string =>
  text
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/\d+\.\d s\b/g, '<seconds>')
    .replaceAll(/\b\d+ calls in\b/g, '<calls> calls in')
    .replaceAll(/ruled out( +)\d+ other/g, 'ruled out$1<number> other')
    .replaceAll(/127([.-])94\b/g, '127$120')
    .replaceAll(/[ \t]+$/gm, '');

/** The lines as they are, where a line `…` stands for any lines. */
function pattern(lines: string): RegExp {
  const parts = lines
    .trim()
    .split(/^\s*…$/m)
    .map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^]*')}\\s*$`);
}

/** True when the excerpt is some part of the whole, with perhaps fewer fields. */
function holds(whole: unknown, excerpt: unknown): boolean {
  if (includes(whole, excerpt)) return true;
  return typeof whole === 'object' && whole !== null && Object.values(whole).some((part) => holds(part, excerpt));
}

function includes(whole: unknown, excerpt: unknown): boolean {
  if (typeof excerpt !== 'object' || excerpt === null) return whole === excerpt;
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole) !== Array.isArray(excerpt)) return false;
  const parts = new Map(Object.entries(whole));
  return Object.entries(excerpt).every(([key, value]) => includes(parts.get(key), value));
}
