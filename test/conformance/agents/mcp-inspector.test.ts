import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoWorld } from '../../../lab/demo.ts';
import type { Lab } from '../../../lab/lab.ts';
import { startLab } from '../../../lab/start.ts';
import { program as nlbAuditor } from '../../bin/bundled-program.ts';
import { findEngine } from '../engines/mcp-inspector.ts';

const engine = findEngine();
const run = promisify(execFile);

describe.skipIf(!engine.found)('mcp-inspector', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab(demoWorld({ network: '127.52', now: new Date().toISOString() }));
  });
  afterAll(() => lab.close());

  /** What the inspector prints and how it ends; by default it speaks the protocol as of before stateless sessions. */
  async function inspect(method: string, ...args: string[]) {
    if (!engine.found) throw new Error(engine.why);
    const env = Object.entries(lab.env).flatMap(([name, value]) => (value === '' ? [] : ['-e', `${name}=${value}`]));
    const server = [process.execPath, nlbAuditor, 'mcp', '--calls-per-second', '1000'];
    const all = [engine.program, '--cli', ...server, ...env, '--method', method, '--format', 'json', ...args];
    const { stdout, stderr, code } = await run(process.execPath, all, { maxBuffer: 2 ** 26 }).then(
      (done) => ({ ...done, code: 0 }),
      (failure: { stdout: string; stderr: string; code: number }) => failure,
    );
    return { answer: stdout.trim() === '' ? undefined : JSON.parse(stdout), stderr, code };
  }

  test.each(['legacy', 'modern'])(
    'the tools are as the protocol has them, spoken %s, and no client has to refuse a schema',
    async (era) => {
      const { answer, stderr, code } = await inspect('tools/list', '--strict', '--protocol-era', era);
      expect(code).toBe(0);
      expect(stderr).not.toContain('Error:');
      const names = (answer.result ?? answer).tools.map(({ name }: { name: string }) => name);
      expect(names.toSorted()).toEqual(['audit', 'checks', 'examine', 'explain', 'gate', 'history']);
    },
  );

  test('a tool answers with structured content that its client takes', async () => {
    const place = JSON.stringify({ cluster: 'shop', namespace: 'orders', service: 'checkout', probe: false });
    const { answer, code } = await inspect('tools/call', '--tool-name', 'audit', '--tool-args-json', place);
    expect(code).toBe(0);
    const { structuredContent, isError } = answer.result ?? answer;
    expect(isError).not.toBe(true);
    expect(structuredContent.findings[0]).toMatchObject({ service: 'shop orders/checkout', cause: 'pod-crashloop' });
  });

  test('an error of a tool and an unknown tool are told apart', async () => {
    const slip = await inspect('tools/call', '--tool-name', 'explain', '--tool-arg', 'check=pod-crashlop');
    expect(slip.stderr).toContain('tool_is_error');
    expect(JSON.stringify(slip.answer)).toContain('pod-crashloop');
    const unknown = await inspect('tools/call', '--tool-name', 'delete');
    expect(unknown.stderr).toContain('tool_not_found');
    expect([slip.code, unknown.code]).toEqual([5, 5]);
  });
});
