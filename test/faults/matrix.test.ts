import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { awsActions, kubernetesReads } from '../../config/permissions.ts';
import { calls } from '../../scripts/faults/calls.ts';
import { diagonal, matrix } from '../../scripts/faults/matrix.ts';
import { renderReliability } from '../../scripts/faults/page.ts';
import { openStage, type Stage } from '../../scripts/faults/stage.ts';
import { readVerdicts } from '../../scripts/faults/verdicts.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage(20_000);
});

beforeEach(() => {
  for (const [name, value] of Object.entries(stage.env)) vi.stubEnv(name, value);
});

afterAll(async () => {
  await stage.close();
});

/** Calls of storing and telling, which no audit makes to read the world. */
const elsewhere = /^(dynamodb|s3|sns|events|secretsmanager|lambda):/;

test('every call that an audit makes to read the world is in the matrix', () => {
  const reads = awsActions.filter(({ action, function: caller }) => caller === 'auditor' && !elsewhere.test(action));
  expect(calls).toHaveLength(reads.length + kubernetesReads.flatMap(({ verbs }) => verbs).length);
  expect(matrix()).toHaveLength(calls.length * 18 - 2);
});

test('no case on the page on reliability is broken, and the page is what the verdicts say', () => {
  const verdicts = readVerdicts();
  expect(verdicts.length).toBeGreaterThan(600);
  expect(verdicts.filter(({ violations }) => violations.length > 0)).toEqual([]);
  expect(readFileSync(new URL('../../docs/reliability.md', import.meta.url), 'utf8')).toBe(renderReliability(verdicts));
});

test.each(diagonal().map((tested) => [tested.call.id, tested.fault.id, tested] as const))(
  '%s survives %s',
  async (_call, _fault, tested) => {
    expect((await stage.run(tested)).violations).toEqual([]);
  },
);
