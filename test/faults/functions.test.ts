import { expect, test } from 'vitest';
import { nameOfCall } from '../../scripts/faults/calls.ts';
import { diagonal, matrix } from '../../scripts/faults/matrix.ts';
import { testCases } from './test-cases.ts';

/** What the matrix found, and what must not come back. */
const brokenOnce = new Set([
  'notifier dynamodb:Query SCOPES endless-pages',
  'auditor dynamodb:PutItem PACK denied',
  'auditor dynamodb:BatchWriteItem HISTORY truncated',
  'interactions dynamodb:PutItem MUTES hang',
  'interactions lambda:InvokeFunction html',
  'trigger elasticloadbalancing:DescribeTargetGroups html',
]);

const broken = matrix().filter(({ call, fault }) => brokenOnce.has(`${nameOfCall(call)} ${fault.id}`));

test('what was broken once is still in the matrix', () => {
  expect(broken).toHaveLength(brokenOnce.size);
});

// In one file: the labs of all functions have the same addresses.
testCases([...diagonal().filter(({ call }) => call.by !== undefined), ...broken]);
