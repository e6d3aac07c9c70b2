import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { channelSchema } from '../../config/channel.ts';
import { type AwsAction, awsActions, kubernetesReads } from '../../config/permissions.ts';
import { reads } from '../../scripts/faults/calls.ts';
import { faults } from '../../scripts/faults/faults.ts';
import { calls, matrix } from '../../scripts/faults/matrix.ts';
import { renderReliability } from '../../scripts/faults/page.ts';
import { readVerdicts } from '../../scripts/faults/verdicts.ts';

/**
 * Signing a link sends nothing; the auditor reads a single item only where another run wrote in between, which the soak brings about;
 * the surveyor does what the auditor does, with the same code.
 */
const isSilent = ({ action, function: caller }: AwsAction): boolean =>
  (caller === 'notifier' && action === 's3:GetObject') ||
  (caller === 'auditor' && action === 'dynamodb:GetItem') ||
  (caller === 'surveyor' && awsActions.some((each) => each.function === 'auditor' && each.action === action));

const rowOf = ({ action, function: caller }: AwsAction) => {
  const by = caller === 'parts' ? 'stages' : caller === 'changes' ? 'trigger' : caller;
  return calls.find((call) => (call.by ?? 'auditor') === by && `${call.id} `.startsWith(`${action} `));
};

test('every action that a role grants and every read of Kubernetes is in the matrix', () => {
  expect(awsActions.filter((each) => !isSilent(each) && rowOf(each) === undefined)).toEqual([]);
  const ofKubernetes = reads.filter(({ api }) => api === 'kubernetes');
  expect(ofKubernetes).toHaveLength(kubernetesReads.flatMap(({ verbs }) => verbs).length);
});

test('a row has every fault, but for those that cannot happen to it', () => {
  const cannot = { 'kubernetes:get pods/log': 2, 'probe:TCP': 16, 'probe:TLS': 13 };
  expect(faults).toHaveLength(18);
  expect(matrix()).toHaveLength(calls.length * 18 - Object.values(cannot).reduce((sum, each) => sum + each, 0));
});

test('a message to every kind of channel is in the matrix', () => {
  const kinds = channelSchema.options.map(({ shape }) => shape.type.value);
  const calledBy = {
    slack: 'slack:chat.postMessage',
    'slack-webhook': 'slack:webhook',
    teams: 'teams:workflow',
    pagerduty: 'pagerduty:enqueue',
    eventbridge: 'events:PutEvents',
  };
  const ids = calls.map(({ id }) => id);
  expect(kinds.map((kind) => ids.includes(calledBy[kind]))).toEqual(kinds.map(() => true));
});

test('no case on the page on reliability is broken, and the page is what the verdicts say', () => {
  const verdicts = readVerdicts();
  expect(verdicts.length).toBeGreaterThan(600);
  expect(verdicts.filter(({ violations }) => violations.length > 0)).toEqual([]);
  expect(readFileSync(new URL('../../docs/reliability.md', import.meta.url), 'utf8')).toBe(renderReliability(verdicts));
});
