import { globSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { say, sayAside, sayJson } from '../../bin/say.ts';
import { log } from '../../io/log.ts';
import { runCli } from './run-cli.ts';

const hostile = 'shop\u001b]52;c;cHduZWQ=\u0007\u202e\u200b\u009b2J';
const acting = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{DI}]/u;

/** Files that write to a terminal by themselves, and why that is safe. */
const writers = {
  'bin/commands/completion.ts': 'text of the program itself',
  'bin/commands/history.ts': 'what a renderer made',
  'bin/commands/watch.ts': 'what a renderer made, and movements of the cursor',
  'bin/nlb-auditor.ts': 'text of the program itself, before anything may be imported',
  'bin/print.ts': 'what a renderer made',
  'bin/progress.ts': 'movements of the cursor around text that is inert',
  'bin/say.ts': 'the door for everything else',
  'bin/structured.ts': 'YAML in which what acts is escaped',
  'io/log.ts': 'JSON in which what acts is escaped',
  'io/metrics.ts': 'JSON in which what acts is escaped',
};

test('nothing is written to a terminal but by renderers and through the one door', () => {
  const found = globSync('{bin,io,lambda}/**/*.ts').filter((path) =>
    /console\.\w+\(|std(?:out|err)\.write\(/.test(readFileSync(path, 'utf8')),
  );
  expect(found.toSorted()).toEqual(Object.keys(writers));
});

describe('what others wrote cannot steer a terminal', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  function written(write: () => void): string {
    let text = '';
    const keep = (chunk: string | Uint8Array): boolean => {
      text += chunk;
      return true;
    };
    vi.spyOn(process.stdout, 'write').mockImplementation(keep);
    vi.spyOn(process.stderr, 'write').mockImplementation(keep);
    write();
    return text;
  }

  test.each<[string, () => void]>([
    ['a line', () => say(hostile)],
    ['a line on standard error', () => sayAside(hostile)],
    ['a value for a machine', () => sayJson({ [hostile]: hostile })],
    ['a line of the log', () => log('info', hostile, { message: hostile })],
  ])('%s', (_name, write) => {
    const text = written(write);
    expect(text).toContain('shop');
    expect(text).not.toMatch(acting);
  });

  test('a value for a machine is not lost', () => {
    expect(JSON.parse(written(() => sayJson([hostile])))).toEqual([hostile]);
  });

  test.each([[['examine', hostile]], [['explain', hostile]], [['audit', `--${hostile}`]], [[hostile]]])(
    'an error about %j',
    async (args) => {
      const { stdout, stderr } = await runCli(args, {});
      expect(stderr).toContain('shop');
      expect(stdout + stderr).not.toMatch(acting);
    },
  );
});
