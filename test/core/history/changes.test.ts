import { expect, test } from 'vitest';
import { changeQueries } from '../../../core/diagnosis/changes/change-queries.ts';
import { undoingOf, writeOf } from '../../../core/history/changes/culprits.ts';
import { nameOfTool, toolOf } from '../../../core/history/changes/tools.ts';
import type { RecordedCall } from '../../../core/model/changes/recorded-call.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { sampleFacts, targetGroupArn } from '../sample-facts.ts';

test.each([
  ['elbv2.k8s.aws/v2.14.1 aws-sdk-go-v2/1.39.0', 'AWS Load Balancer Controller'],
  ['APN/1.0 HashiCorp/1.0 Terraform/1.13.3 (+https://www.terraform.io) aws-sdk-go-v2/1.39.0', 'Terraform'],
  ['APN/1.0 Pulumi/1.0 PulumiAWS/7.8.0 terraform-provider-aws', 'pulumi'],
  ['aws-cli/2.31.0 md/awscrt#0.27.6 ua/2.1 os/linux', 'AWS CLI'],
  ['aws-cli/2.31.0 exec-env/CloudShell', 'CloudShell'],
  ['Boto3/1.40.4 md/Botocore#1.40.4', 'an AWS SDK'],
  ['cloudformation.amazonaws.com', 'CloudFormation'],
  ['console.ec2.amazonaws.com', 'console'],
  ['karpenter.sh-v1.8.0 aws-sdk-go-v2/1.39.0', 'Karpenter'],
  ['curl/8.5.0', null],
])('%s is named', (userAgent, name) => {
  const tool = toolOf({ userAgent, invokedBy: '', isFromConsole: false });
  expect(nameOfTool(tool)?.toLowerCase() ?? null).toBe(name?.toLowerCase() ?? null);
});

test('what CloudFormation does for somebody, and what a session of the console sends, is theirs', () => {
  const browser = 'Mozilla/5.0 (X11; Linux x86_64)';
  expect(toolOf({ userAgent: browser, invokedBy: 'cloudformation.amazonaws.com', isFromConsole: true })).toBe(
    'cloudformation',
  );
  expect(toolOf({ userAgent: 'aws-sdk-java/2.35', invokedBy: '', isFromConsole: true })).toBe('console');
  expect(toolOf({ userAgent: 'aws-cli/2.31.0', invokedBy: '', isFromConsole: true })).toBe('aws-cli');
});

const group = () => {
  const [first] = groupsOf(sampleFacts());
  if (first === undefined) throw new Error('no group');
  return first;
};

const call = (fields: Partial<RecordedCall>): RecordedCall => ({
  id: 'e1',
  at: '2026-01-01T00:00:00Z',
  action: 'ModifyTargetGroup',
  actor: 'alice',
  identity: 'arn:aws:iam::111122223333:user/alice',
  tool: 'console',
  objects: [targetGroupArn],
  ...fields,
});

const read = (...calls: RecordedCall[]) => ({
  metrics: [],
  changes: [{ resource: targetGroupArn, from: '2025-12-31T00:00:00Z', to: '2026-01-02T00:00:00Z', calls }],
});

test('the last call that wrote a setting as it is now is the one; another value, a refused call or the controller is not', () => {
  const drifted = [{ name: 'path', live: '/status' }];
  const fitting = call({ settings: { path: '/status' } });
  expect(writeOf(group(), drifted, read(fitting))?.id).toBe('e1');
  expect(writeOf(group(), drifted, read(call({ settings: { path: '/other' } })))).toBeUndefined();
  expect(
    writeOf(group(), drifted, read(call({ settings: { path: '/status' }, error: 'AccessDenied' }))),
  ).toBeUndefined();
  expect(writeOf(group(), drifted, read({ ...fitting, tool: 'aws-load-balancer-controller' }))).toBeUndefined();
  expect(writeOf(group(), drifted, { changes: undefined, metrics: undefined })).toBeUndefined();
});

test('two identities undo each other where one deregisters what the other registered; one identity does not', () => {
  const ids = ['10.0.0.1'];
  const registered = call({ id: 'r', targets: { effect: 'registered', ids }, identity: 'arn:a' });
  const deregistered = call({
    id: 'd',
    at: '2026-01-01T00:05:00Z',
    targets: { effect: 'deregistered', ids },
    identity: 'arn:b',
  });
  const idsOf = (...calls: RecordedCall[]) => undoingOf(group(), read(...calls)).map(({ id }) => id);
  expect(idsOf(registered, deregistered)).toEqual(['r', 'd']);
  expect(idsOf(registered, { ...deregistered, identity: 'arn:a' })).toEqual([]);
  expect(idsOf(registered, { ...deregistered, targets: { effect: 'deregistered', ids: ['10.0.0.9'] } })).toEqual([]);
  expect(idsOf(registered, { ...deregistered, at: '2025-12-31T23:00:00Z' })).toEqual([]);
});

test('only groups that are asked for are looked up, and what they share once', () => {
  expect(changeQueries([sampleFacts()], new Set())).toEqual([]);
  const queries = changeQueries([sampleFacts(), sampleFacts()], new Set([targetGroupArn]));
  expect(queries[0]?.resources).toEqual([targetGroupArn]);
  expect(new Set(queries.map(({ by, value }) => `${by} ${value}`)).size).toBe(queries.length);
});
