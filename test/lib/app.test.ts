import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;

test('a wrong configuration ends synthesis with one sentence and no stack trace', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'app-')), 'auditor.config.json');
  writeFileSync(path, JSON.stringify({ vpcs: [] }));
  const { status, stderr } = spawnSync(process.execPath, ['bin/app.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ config: path }) },
  });
  expect(stderr).toBe(`${path}: vpcs is []; give at least one VPC.\n`);
  expect(status).toBe(2);
});
