import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Diagnosis } from '../../core/model/diagnosis.ts';

const files = await Array.fromAsync(glob('test/golden/*.json'));

test('every command of every scenario can be run as it stands', async () => {
  expect(files.length).toBeGreaterThan(100);
  for (const file of files) {
    const diagnoses = JSON.parse(await readFile(file, 'utf8')) as Pick<Diagnosis, 'fix'>[];
    const commands = diagnoses.flatMap(({ fix }) => fix.flatMap(({ command = '', verify = '' }) => [command, verify]));
    expect(commands.filter((command) => /<[a-z]\w*>|\{[a-z]\w*\}/i.test(command))).toEqual([]);
  }
});
