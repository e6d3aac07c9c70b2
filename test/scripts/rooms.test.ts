import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { mostFiles } from '../../scripts/rooms/rules.ts';
import { violationsIn } from '../../scripts/rooms/violations.ts';

/** A project that holds these files and nothing else. */
function project(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'rooms-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const leaf = 'export const a = 1;\n';

test.each([
  ['upward', { 'core/model/a.ts': "import { a } from '../network/a.ts';\n", 'core/network/a.ts': leaf }, 'core/model'],
  ['upward, a type', { 'core/probes/a.ts': "import type { A } from '../render/a.ts';\n" }, 'core/probes'],
  ['upward, again exported', { 'core/probes/a.ts': "export { a } from '../lifecycle/a.ts';\n" }, 'core/probes'],
  ['of one check by another', { 'core/checks/node/a.ts': "import { b } from './b.ts';\n" }, 'a check sees'],
  ['of a package by core', { 'core/model/a.ts': "import { z } from 'zod';\n" }, 'core imports core alone'],
  ['of Node.js by core', { 'core/model/a.ts': "import { join } from 'node:path';\n" }, 'core imports core alone'],
  ['of a value of core by the lab', { 'lab/a.ts': "import { a } from '../core/model/a.ts';\n" }, 'types of core alone'],
  ['of io by the lab', { 'lab/a.ts': "import type { A } from '../io/a.ts';\n" }, 'lab imports no folder but'],
  ['of the lab by bin', { 'bin/a.ts': "import { a } from '../lab/a.ts';\n" }, 'bin loads the lab when asked'],
  ['of a test by lambda', { 'lambda/a.ts': "import { a } from '../test/a.ts';\n" }, 'lambda imports no folder but'],
  ['of io by lib', { 'lib/a.ts': "import { a } from '../io/a.ts';\n" }, 'lib imports no folder but'],
  ['of io by config', { 'config/a.ts': "import { a } from '../io/a.ts';\n" }, 'config imports no folder but'],
])('an import %s is named with its rule', (_, files, rule) => {
  const violations = violationsIn(project(files));
  expect(violations).toHaveLength(1);
  expect(violations[0]).toContain(rule);
});

test('a circle is named once with its files, one of types too', () => {
  const root = project({
    'io/a.ts': "import type { B } from './b.ts';\n",
    'io/b.ts': "import { c } from './c.ts';\n",
    'io/c.ts': "import { a } from './a.ts';\n",
    'io/d.ts': "import { a } from './a.ts';\n",
  });
  expect(violationsIn(root)).toEqual(['a circle of imports: io/a.ts, io/b.ts, io/c.ts']);
});

test(`a folder holds ${mostFiles} files and no more; a catalogue holds what it lists`, () => {
  const filled = (folder: string, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${folder}/a${index}.ts`, leaf]));
  expect(violationsIn(project(filled('io/store', mostFiles)))).toEqual([]);
  expect(violationsIn(project(filled('io/store', mostFiles + 1)))).toEqual([
    expect.stringContaining(`io/store holds ${mostFiles + 1} files`),
  ]);
  expect(violationsIn(project(filled('lab/scenarios', 200)))).toEqual([]);
});

test('what the rules allow is no violation', () => {
  const root = project({
    'lab/a.ts': "import type { A } from '../core/model/a.ts';\nexport const a = 1;\n",
    'bin/a.ts': "const lab = await import('../lab/a.ts');\nexport const b = lab.a;\n",
    'core/render/a.ts': "import { a } from '../model/a.ts';\nexport const c = a;\n",
    'core/model/a.ts': 'export interface A {}\nexport const a = 1;\n',
    'core/checks/node/a.ts': "import { check } from '../../diagnosis/check.ts';\nexport const d = check;\n",
    'core/diagnosis/check.ts': 'export const check = 1;\n',
  });
  expect(violationsIn(root)).toEqual([]);
});
