import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findEngine } from '../engines/actionlint.ts';

const folder = new URL('../../../.github/workflows/', import.meta.url).pathname;
const engine = findEngine();

describe.skipIf(!engine.found)('actionlint', () => {
  /** Without the linters of scripts that this machine may have or not. */
  const lint = (path: string) =>
    spawnSync(engine.found ? engine.program : '', ['-no-color', '-shellcheck=', '-pyflakes=', path], {
      encoding: 'utf8',
    });

  test.each(readdirSync(folder))('has nothing against %s', (name) => {
    const { status, stdout, stderr } = lint(join(folder, name));
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('sees a shard that the matrix does not have', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'workflow-')), 'ci.yml');
    const wrong = readFileSync(join(folder, 'ci.yml'), 'utf8').replace('matrix.shard', 'matrix.chard');
    writeFileSync(path, wrong);
    const { status, stdout } = lint(path);
    expect(stdout).toContain('property "chard" is not defined');
    expect(status).toBe(1);
  });
});
