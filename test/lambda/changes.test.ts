import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { changingCalls } from '../../config/changing-calls.ts';
import { awsActions } from '../../config/permissions.ts';
import { openStore } from '../../io/store/store.ts';
import type { Lab } from '../../lab/lab.ts';
import { healthy } from '../../lab/scenarios/healthy.ts';
import { startLab } from '../../lab/start.ts';
import { fresh } from '../../scripts/faults/functions/fresh.ts';
import { contextOf } from '../../scripts/faults/functions/lambda-context.ts';
import { changeEvent, contributorEvent, sqsRecord } from '../../scripts/faults/functions/trigger-events.ts';

const world = healthy.build({ network: '127.54' });
const [group, other] = world.targetGroups;
if (group === undefined || other === undefined) throw new Error('too few target groups');
const { arn, vpcId } = group;
const loadBalancerArn = group.loadBalancerArns[0] ?? '';
const listenerArn = `${loadBalancerArn.replace(':loadbalancer/', ':listener/')}/0123456789abcdef`;
const securityGroup = 'sg-0aaaaaaaaaaaaaa01';
const controller = { userAgent: 'elbv2.k8s.aws/v2.14.1 aws-sdk-go-v2/1.39.0 ua/2.1 os/linux lang/go#1.24.6' };

let lab: Lab;
let handler: typeof import('../../lambda/trigger.ts')['handler'];
beforeEach(async () => {
  lab = await startLab(world, { sockets: false });
  onTestFinished(() => lab.close());
  const settings = { name: 'eks-nlb-auditor', table: 'eks-nlb-auditor', auditors: { [vpcId]: 'the-auditor' } };
  for (const [name, value] of Object.entries({ ...lab.env, AUDITOR_SETTINGS: JSON.stringify(settings) })) {
    vi.stubEnv(name, value);
  }
  onTestFinished(() => void vi.unstubAllEnvs());
  ({ handler } = await fresh<typeof import('../../lambda/trigger.ts')>('trigger'));
  const client = new DynamoDBClient();
  onTestFinished(() => client.destroy());
  const store = openStore({ client, table: settings.table, scope: `111122223333/eu-west-1/${vpcId}` });
  const baseline = { [`security-group rule of ${securityGroup}: TCP 30000 from 10.0.0.0/16`]: 'present' };
  await store.saveBaselines(new Map([[arn, baseline]]), new Date().toISOString());
});

/** Handles an event that came so many seconds ago. */
const handle = async (event: object, seconds = 41) => {
  const record = sqsRecord(event, Date.now() - seconds * 1000);
  return (await handler({ Records: [record] }, contextOf('trigger'))).batchItemFailures.length;
};
const started = () => lab.deliveries.flatMap(({ body }) => (body['event'] as { targetGroups: string[] }).targetGroups);

test('a rule that is taken away starts an audit of the target groups behind its security group, once health checks can have failed', async () => {
  const event = changeEvent('ec2', 'RevokeSecurityGroupIngress', { groupId: securityGroup, ipPermissions: {} });
  expect(await handle(event, 2)).toBe(1);
  expect(started()).toEqual([]);
  expect(await handle(event)).toBe(0);
  expect(started()).toEqual([arn]);
});

test.each([
  [
    'a target group that is modified',
    changeEvent('elasticloadbalancing', 'ModifyTargetGroup', { targetGroupArn: arn }),
  ],
  ['a listener that is deleted', changeEvent('elasticloadbalancing', 'DeleteListener', { listenerArn })],
  ['other subnets', changeEvent('elasticloadbalancing', 'SetSubnets', { loadBalancerArn, subnets: [] })],
  [
    'targets that a person takes away',
    changeEvent('elasticloadbalancing', 'DeregisterTargets', { targetGroupArn: arn, targets: [{ id: '10.0.0.1' }] }),
  ],
  [
    'rules that are modified, whose request lies inside',
    changeEvent('ec2', 'ModifySecurityGroupRules', { ModifySecurityGroupRulesRequest: { GroupId: securityGroup } }),
  ],
])('%s: its target groups are audited', async (_, event) => {
  expect(await handle(event)).toBe(0);
  expect(started()).toEqual([arn]);
});

test('a listener that leads elsewhere concerns where it led and where it leads', async () => {
  const defaultActions = [{ type: 'forward', targetGroupArn: other.arn }];
  await handle(changeEvent('elasticloadbalancing', 'ModifyListener', { listenerArn, defaultActions }));
  expect(started().toSorted()).toEqual([arn, other.arn].toSorted());
});

test.each([
  [
    'a security group that no target group is known to bear',
    changeEvent('ec2', 'RevokeSecurityGroupIngress', { groupId: 'sg-0bbbbbbbbbbbbbb01' }),
  ],
  [
    'targets that the controller deregisters',
    changeEvent('elasticloadbalancing', 'DeregisterTargets', { targetGroupArn: arn }, controller),
  ],
  [
    'a call that was refused',
    changeEvent('elasticloadbalancing', 'ModifyTargetGroup', { targetGroupArn: arn }, { errorCode: 'AccessDenied' }),
  ],
  [
    'a load balancer that is gone',
    changeEvent('elasticloadbalancing', 'SetSubnets', {
      loadBalancerArn: loadBalancerArn.replace(/\w{16}$/, 'f'.repeat(16)),
    }),
  ],
  [
    'a target group of another account',
    changeEvent('elasticloadbalancing', 'ModifyTargetGroup', {
      targetGroupArn: arn.replace('111122223333', '444455556666'),
    }),
  ],
  [
    'parameters that are none',
    changeEvent('ec2', 'RevokeSecurityGroupIngress', { groupId: { $ne: '' }, defaultActions: 'x' }),
  ],
  ['a call that only reads', changeEvent('elasticloadbalancing', 'DescribeTargetHealth', { targetGroupArn: arn })],
])('%s starts nothing and does not come back', async (_, event) => {
  expect(await handle(event)).toBe(0);
  expect(started()).toEqual([]);
});

test('an alarm and a change of the same target group within a minute are one audit', async () => {
  const sentAt = Date.now() - 41_000;
  const change = changeEvent('elasticloadbalancing', 'ModifyTargetGroup', { targetGroupArn: arn });
  const records = [sqsRecord(change, sentAt), sqsRecord(contributorEvent(arn), sentAt)];
  expect((await handler({ Records: records }, contextOf('trigger'))).batchItemFailures).toEqual([]);
  expect(started()).toEqual([arn]);
});

test('no function of this product makes a call that starts an audit', () => {
  const own = new Set(awsActions.map(({ action }) => action));
  const starting = Object.entries(changingCalls).flatMap(([source, names]) =>
    names.map((name) => `${source.split('.')[0]}:${name}`),
  );
  expect(starting.length).toBeGreaterThan(10);
  expect(starting.filter((action) => own.has(action))).toEqual([]);
});
