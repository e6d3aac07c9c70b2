import { expect, test } from 'vitest';
import type { Diagnosis } from '../../../core/model/diagnosis.ts';
import type { Scenario } from '../../../lab/scenario.ts';
import { controllerIamDenied } from '../../../lab/scenarios/controller-iam-denied.ts';
import { controllerThrottled } from '../../../lab/scenarios/controller-throttled.ts';
import { failedBetweenRuns } from '../../../lab/scenarios/failed-between-runs.ts';
import { hcLiveConfigDrift } from '../../../lab/scenarios/hc-live-config-drift.ts';
import { naclBlocksHealthCheck } from '../../../lab/scenarios/nacl-blocks-health-check.ts';
import { sharedTargetGroupConflict } from '../../../lab/scenarios/shared-target-group-conflict.ts';
import { before, minute } from '../../../lab/world/moment.ts';
import { byTerraform, type Caller, inConsole } from '../../../lab/world/past/callers.ts';
import type { PastCall } from '../../../lab/world/past/past-call.ts';
import type { World } from '../../../lab/world/world.ts';
import { auditWorld, thisSecond } from '../../scenarios/audit-world.ts';

/** A controller under this role, whose sessions are numbers. */
const controller = (role: string): Caller => ({
  by: { kind: 'role', role, session: '1763800000000000000' },
  userAgent: 'elbv2.k8s.aws/v2.14.1 aws-sdk-go-v2/1.39.0',
});
const script: Caller = {
  by: { kind: 'role', role: 'inventory', session: 'nightly' },
  userAgent: 'Boto3/1.40.4 md/Botocore#1.40.4',
};

type Given = Pick<PastCall, 'service' | 'action'> & Partial<PastCall> & { minutesAgo: number; caller: Caller };

/** A call of the past of a world; by default CloudTrail finds it by no resource, as those of Elastic Load Balancing and EKS. */
const call = (world: World, { minutesAgo, caller, ...given }: Given): PastCall => ({
  request: {},
  resources: [],
  ...caller,
  ...given,
  at: before(world.now, minutesAgo * minute),
});

/** The world after these calls, in which targets failed twenty minutes ago. */
function after(world: World, ...calls: Given[]): World {
  world.past = {
    struckAt: before(world.now, 20 * minute),
    ...world.past,
    calls: calls.map((given) => call(world, given)),
  };
  return world;
}

const build = (scenario: Scenario): World => scenario.build({ network: '127.80', now: thisSecond() });

const groupOf = (world: World): string => world.targetGroups.find(({ name }) => name.includes('checkout'))?.arn ?? '';

async function audited(world: World) {
  const { report, calls } = await auditWorld(world);
  const lookUps = calls.filter(({ service }) => service === 'cloudtrail').map(({ parameters }) => parameters);
  const diagnoses = report.diagnoses.filter(({ service }) => service === 'checkout');
  return { report, lookUps, diagnoses, diagnosis: diagnoses[0] };
}

const fitting = (diagnosis: Diagnosis | undefined) =>
  diagnosis?.changes?.entries.filter(({ fits }) => fits).map(({ actor, tool, action }) => ({ actor, tool, action }));

/** A change of the health check; CloudTrail does not find it by the ARN of the target group. */
const pathChange = (world: World, caller: Caller, fields: Partial<Given> = {}): Given => ({
  service: 'elasticloadbalancing',
  action: 'ModifyTargetGroup',
  minutesAgo: 22,
  caller,
  request: { targetGroupArn: groupOf(world), healthCheckPath: '/status' },
  ...fields,
});

test('who changed the health check is found by the name of the call, and confirms a drift of EKS Auto Mode', async () => {
  const [, auto = hcLiveConfigDrift] = hcLiveConfigDrift.variants;
  const quiet = await audited(build(auto));
  expect(quiet.diagnosis).toMatchObject({ cause: 'hc-live-config-drift', confidence: 'probable' });

  const world = build(auto);
  const other = pathChange(world, script, {
    minutesAgo: 21,
    request: { targetGroupArn: `${groupOf(world)}x`, healthCheckPath: '/status' },
  });
  const { diagnosis } = await audited(after(world, pathChange(world, inConsole('alice@example.com')), other));
  expect(diagnosis).toMatchObject({ cause: 'hc-live-config-drift', confidence: 'confirmed', decidedBy: null });
  expect(fitting(diagnosis)).toEqual([{ actor: 'alice@example.com', tool: 'console', action: 'ModifyTargetGroup' }]);
  expect(diagnosis?.changes?.entries.filter(({ action }) => action === 'ModifyTargetGroup')).toHaveLength(1);
});

test('two controllers that undo each other confirm a conflict where the other cluster cannot be read', async () => {
  const build2 = (): World => {
    const world = build(sharedTargetGroupConflict);
    for (const cluster of world.clusters) if (cluster.cluster.name !== 'shop') cluster.reachable = false;
    return world;
  };
  const quiet = await audited(build2());
  expect(quiet.diagnosis).toMatchObject({ cause: 'shared-target-group-conflict', confidence: 'probable' });

  const world = build2();
  const call = (action: string, role: string, minutesAgo: number): Given => ({
    service: 'elasticloadbalancing',
    action,
    minutesAgo,
    caller: controller(role),
    request: { targetGroupArn: groupOf(world), targets: [{ id: 'i-0aaaaaaaaaaaaaaa1', port: 30080 }] },
  });
  const { diagnosis } = await audited(
    after(world, call('RegisterTargets', 'blue', 25), call('DeregisterTargets', 'green', 24)),
  );
  expect(diagnosis).toMatchObject({ cause: 'shared-target-group-conflict', confidence: 'confirmed' });
  expect(diagnosis?.evidence[0]?.saw).toContain('undone by green (AWS Load Balancer Controller), DeregisterTargets');
});

const withoutCredentials =
  'operation error EC2: DescribeAvailabilityZones, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 403, api error AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity';

test('a controller that gets no credentials is confirmed by the refused call', async () => {
  const noCredentials = (): World => {
    const world = build(controllerIamDenied);
    for (const object of world.clusters.flatMap(({ objects }) => objects))
      if (object.kind === 'Event' && object.message?.includes('AuthorizeSecurityGroupIngress'))
        object.message = withoutCredentials;
    return world;
  };
  const quiet = await audited(noCredentials());
  expect(quiet.diagnosis).toMatchObject({ cause: 'controller-iam-denied', confidence: 'probable' });
  const refused: Given = {
    service: 'sts',
    action: 'AssumeRoleWithWebIdentity',
    minutesAgo: 12,
    caller: controller('shop-load-balancer-controller'),
    readOnly: true,
    error: 'AccessDenied',
  };
  const { diagnosis } = await audited(after(noCredentials(), refused));
  expect(diagnosis).toMatchObject({ cause: 'controller-iam-denied', confidence: 'confirmed' });
});

test('who took a permission from the role of the controller is named, as IAM has it in its own Region', async () => {
  const world = build(controllerIamDenied);
  const role = 'aws-load-balancer-controller';
  const { diagnosis } = await audited(
    after(
      world,
      {
        service: 'iam',
        action: 'DetachRolePolicy',
        minutesAgo: 90,
        caller: byTerraform,
        request: { roleName: role, policyArn: 'arn:aws:iam::111122223333:policy/lbc' },
        resources: [{ type: 'AWS::IAM::Role', name: role }],
      },
      {
        service: 'ec2',
        action: 'AuthorizeSecurityGroupIngress',
        minutesAgo: 15,
        caller: controller(role),
        error: 'Client.UnauthorizedOperation',
      },
    ),
  );
  expect(diagnosis).toMatchObject({ cause: 'controller-iam-denied', confidence: 'confirmed' });
  expect(diagnosis?.evidence.map(({ saw }) => saw).join()).toContain(
    'its role was changed by network-pipeline/apply-1482 (Terraform), DetachRolePolicy',
  );
  expect(fitting(diagnosis)).toEqual([
    { actor: 'network-pipeline/apply-1482', tool: 'Terraform', action: 'DetachRolePolicy' },
    { actor: role, tool: 'AWS Load Balancer Controller', action: 'AuthorizeSecurityGroupIngress' },
  ]);
});

const throttledCall = (caller: Caller, minutesAgo: number): Given => ({
  service: 'elasticloadbalancing',
  action: 'DeregisterTargets',
  minutesAgo,
  caller,
  error: 'ThrottlingException',
});

test('recorded throttling of the controller confirms it, with who makes the calls; that of others alone does not', async () => {
  const others = Array.from({ length: 5 }, (_, index) => throttledCall(script, 16 + index));
  const alone = await audited(after(build(controllerThrottled), ...others));
  expect(alone.diagnosis).toMatchObject({ cause: 'controller-throttled', confidence: 'probable' });

  const own = [13, 14, 15].map((minutesAgo) => throttledCall(controller('shop-load-balancer-controller'), minutesAgo));
  const { diagnosis } = await audited(after(build(controllerThrottled), ...others, ...own));
  expect(diagnosis).toMatchObject({ cause: 'controller-throttled', confidence: 'confirmed' });
  expect(diagnosis?.evidence[0]?.saw).toContain(
    'CloudTrail recorded throttled calls: 5 of inventory/nightly (an AWS SDK), 3 of shop-load-balancer-controller (AWS Load Balancer Controller)',
  );
});

const aclChange = (world: World, minutesAgo: number): Given => {
  const networkAclId = world.networkAcls[0]?.id ?? '';
  return {
    service: 'ec2',
    action: 'CreateNetworkAclEntry',
    minutesAgo,
    caller: byTerraform,
    request: { networkAclId, ruleNumber: 90, egress: false, ruleAction: 'deny', cidrBlock: '0.0.0.0/0' },
    resources: [{ type: 'AWS::EC2::NetworkAcl', name: networkAclId }],
  };
};

test('a change of a network ACL just before the start fits, and one of hours before does not', async () => {
  const world = build(naclBlocksHealthCheck);
  const { diagnosis } = await audited(after(world, aclChange(world, 22), aclChange(world, 50)));
  expect(diagnosis?.changes?.entries.filter(({ tool }) => tool === 'Terraform')).toEqual([
    expect.not.objectContaining({ fits: true }),
    expect.objectContaining({ fits: true, minutes: -3, detail: 'rule 90, action deny, cidr 0.0.0.0/0' }),
  ]);
});

test('what an update of a node group and of an add-on changed stands in the timeline', async () => {
  const world = build(naclBlocksHealthCheck);
  const update = (action: string, minutesAgo: number, request: object): Given => ({
    service: 'eks',
    action,
    minutesAgo,
    caller: inConsole('bob@example.com'),
    request: { name: 'shop', ...request },
  });
  const { diagnosis } = await audited(
    after(
      world,
      update('UpdateAddon', 25, { addonName: 'vpc-cni', addonVersion: 'v1.20.4-eksbuild.1' }),
      update('UpdateNodegroupVersion', 24, { nodegroupName: 'blue', version: '1.34' }),
      update('UpdateNodegroupConfig', 23, { name: 'other', nodegroupName: 'red' }),
    ),
  );
  const entries = diagnosis?.changes?.entries.filter(({ actor }) => actor === 'bob@example.com');
  expect(entries?.map(({ action, object, detail }) => ({ action, object, detail }))).toEqual([
    { action: 'UpdateAddon', object: 'cluster/shop', detail: 'add-on vpc-cni, version v1.20.4-eksbuild.1' },
    { action: 'UpdateNodegroupVersion', object: 'cluster/shop', detail: 'node group blue, version 1.34' },
  ]);
});

test('a fault that is over says what changed around its beginning', async () => {
  const world = build(failedBetweenRuns);
  const { diagnosis } = await audited(
    after(world, pathChange(world, inConsole('alice@example.com'), { minutesAgo: 15 })),
  );
  expect(diagnosis).toMatchObject({ cause: 'failed-between-runs' });
  expect(diagnosis?.changes?.start).toBe(diagnosis?.recovered?.from);
  expect(diagnosis?.changes?.entries).toContainEqual(
    expect.objectContaining({ actor: 'alice@example.com', minutes: -2 }),
  );
});

test('calls of Elastic Load Balancing and EKS are looked up once by name, however many target groups fail', async () => {
  const world = build(naclBlocksHealthCheck);
  const { lookUps } = await audited(after(world, aclChange(world, 22)));
  const attributes = lookUps.map(({ LookupAttributes }) => JSON.stringify(LookupAttributes));
  expect(new Set(attributes).size).toBe(attributes.length);
  expect(attributes.filter((each) => each.includes('arn:'))).toEqual([]);
  expect(attributes.filter((each) => each.includes('EventName'))).toHaveLength(15);
});
