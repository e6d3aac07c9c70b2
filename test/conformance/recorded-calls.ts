import { createHmac } from 'node:crypto';
import { EKSClient } from '@aws-sdk/client-eks';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { accessPolicies, viewers } from '../../config/permissions.ts';
import { grantOwnAccess } from '../../io/access/grant-own-access.ts';
import { connect } from '../../io/aws/clients.ts';
import { collect } from '../../io/collect/collect.ts';
import { observe } from '../../io/observe.ts';
import { survey } from '../../io/survey/survey.ts';
import { demoLater, demoWorld } from '../../lab/demo.ts';
import { inEnvironment } from '../../lab/in-environment.ts';
import type { Lab, RecordedCall } from '../../lab/lab.ts';
import { healthy } from '../../lab/scenarios/healthy.ts';
import { naclBlocksHealthCheck } from '../../lab/scenarios/nacl-blocks-health-check.ts';
import { scenarios } from '../../lab/scenarios.ts';
import { startLab } from '../../lab/start.ts';
import { unpaced } from '../../lab/unpaced.ts';
import { lambdaFunction } from '../../lab/wire/function/lambda.ts';
import { clusterOf } from '../../lab/world/cluster.ts';
import { objectOf } from '../../lab/world/object.ts';
import type { FlowLog } from '../../lab/world/past/flow-log.ts';
import type { World } from '../../lab/world/world.ts';
import { type DeployedFunction, type Deployment, deploy, type Template } from '../../scripts/demo/deployment.ts';
import { contextOf } from '../../scripts/faults/functions/lambda-context.ts';
import { changeEvent, contributorEvent, sqsRecord } from '../../scripts/faults/functions/trigger-events.ts';

/** Calls to AWS and their answers, by the function whose role they are made with. */
export interface RecordedCalls {
  auditor: RecordedCall[];
  notifier: RecordedCall[];
  reconciler: RecordedCall[];
  interactions: RecordedCall[];
  trigger: RecordedCall[];
  /** Of the auditor, where it is configured to read of the past. */
  past: RecordedCall[];
  /** Of the stack whose roles the functions have. */
  template: Template;
  world: World;
}

const table = 'eks-nlb-auditor';

/** What the deployed functions say to AWS over the demo, and the auditor over every scenario; no packets are sent. */
export async function recordCalls(): Promise<RecordedCalls> {
  const world = ofArgo(demoWorld({ now: new Date().toISOString() }));
  const deployment = await deploy(world, table);
  try {
    const { auditor, notifier } = await recordFunctions(world, deployment);
    for (const each of [...scenarios.map(({ build }) => build()), ...oddities()]) {
      // One after the other, because the clients find the lab by the environment of the process.
      auditor.push(...(await recordReading(each)));
    }
    const reconciler = await recordReconciler();
    const interactions = await recordInteractions();
    const trigger = await recordTrigger();
    const past = await recordPast();
    return { auditor, notifier, reconciler, interactions, trigger, past, template: deployment.template, world };
  } finally {
    deployment.remove();
  }
}

/** Worlds for reads that no scenario needs: an account with nothing in it, and a rule that names a prefix list. */
function oddities(): World[] {
  const world = healthy.build();
  const [group, ...others] = world.securityGroups;
  if (group === undefined) throw new Error('the healthy world has no security group');
  const rule = { id: 'sgr-0b1e2d3c4f5a69788', egress: true, protocol: '-1', fromPort: -1, toPort: -1 };
  const prefixListId = 'pl-0a1b2c3d4e5f60718';
  return [
    { ...world, clusters: [], loadBalancers: [], listeners: [], targetGroups: [], targetHealth: [] },
    {
      ...world,
      securityGroups: [{ ...group, rules: [...group.rules, { ...rule, prefixListId }] }, ...others],
      prefixLists: [{ id: prefixListId, cidrs: ['192.0.2.0/24'] }],
    },
  ];
}

/** One of the failing Services belongs to an application of Argo CD, which EKS runs. */
function ofArgo(world: World): World {
  const cluster = clusterOf(world, 'shop');
  const { metadata } = objectOf(cluster, 'Service', { namespace: 'orders', name: 'checkout' });
  metadata.annotations['argocd.argoproj.io/tracking-id'] = 'shop:/Service:orders/checkout';
  cluster.capabilities = [{ name: 'gitops', type: 'ARGOCD' }];
  return world;
}

async function recordFunctions(world: World, { auditor, notifier }: Deployment) {
  const lab = await startLab(world, { table, sockets: false });
  const events: unknown[] = [];
  lab.onStream((event) => events.push(event));
  const audit = start(lab, auditor, 'auditor');
  const notify = start(lab, notifier, 'notifier');
  const calls = { auditor: [] as RecordedCall[], notifier: [] as RecordedCall[] };

  async function invoke(user: 'auditor' | 'notifier', event: unknown): Promise<void> {
    const before = lab.calls.length;
    const lambda = user === 'auditor' ? audit : notify;
    const invocation = await lambda.invoke(event);
    if ('error' in invocation) throw new Error(`${user}: ${JSON.stringify(invocation.error)}\n${lambda.logs}`);
    calls[user].push(...lab.calls.slice(before));
  }
  async function run(): Promise<void> {
    await invoke('auditor', { time: new Date().toISOString() });
    for (const event of events.splice(0)) await invoke('notifier', event);
  }
  try {
    await run();
    await lab.apply(demoLater(lab.world, new Date().toISOString()));
    await run();
    await invoke('notifier', { sweep: true });
    return calls;
  } finally {
    await Promise.all([audit.close(), notify.close()]);
    await lab.close();
  }
}

function start({ env }: Lab, { bundle, memoryMb, timeoutMs, settings }: DeployedFunction, name: string) {
  const AUDITOR_SETTINGS = JSON.stringify({ ...JSON.parse(settings), probe: false });
  const environment = { ...env, AUDITOR_SETTINGS, AWS_LAMBDA_FUNCTION_NAME: name };
  return lambdaFunction({ bundle, handler: 'handler', memoryMb, timeoutMs, env: environment });
}

/** Of a cluster without the entry, with it, and with one that was left without policies. */
async function recordReconciler(): Promise<RecordedCall[]> {
  const world = healthy.build();
  const principalArn = `arn:aws:iam::${world.account}:role/auditor-of-the-stack`;
  const entry = {
    principalArn,
    kubernetesGroups: [viewers],
    policyArns: accessPolicies.map((name) => `arn:aws:eks::aws:cluster-access-policy/${name}`),
  };
  const vpcIds = world.clusters.map(({ cluster }) => cluster.vpcId);
  return recordWith(world, async () => {
    const client = new EKSClient();
    for (const policyArns of [[], entry.policyArns, entry.policyArns]) {
      // One after the other, because each finds what the one before left.
      await grantOwnAccess(client, { ...entry, policyArns }, vpcIds);
    }
    client.destroy();
  });
}

/** Of a mute, and of a new check. */
async function recordInteractions(): Promise<RecordedCall[]> {
  const signingSecret = 'eks-nlb-auditor/slack-signing-secret';
  const key = '0123456789abcdef0123456789abcdef';
  const world = { ...healthy.build(), secrets: { [signingSecret]: key } };
  const settings = { name: 'eks-nlb-auditor', table, buttons: { signingSecret }, auditors: { 'vpc-1': 'auditor' } };
  return recordWith(
    world,
    async () => {
      const { handler } = await import('../../lambda/interactions.ts');
      for (const action_id of ['mute-1h', 'recheck']) {
        const actions = [{ action_id, value: 'vpc-1 111122223333/eu-west-1/shop/pod-crashloop' }];
        const payload = JSON.stringify({ type: 'block_actions', user: { id: 'U1' }, actions });
        const body = new URLSearchParams({ payload }).toString();
        const timestamp = String(Math.floor(Date.now() / 1000));
        const signature = `v0=${createHmac('sha256', key).update(`v0:${timestamp}:${body}`).digest('hex')}`;
        const headers = { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature };
        const event: Partial<LambdaFunctionURLEvent> = { headers, body, isBase64Encoded: false };
        const { statusCode } = await handler(event as LambdaFunctionURLEvent);
        if (statusCode !== 200) throw new Error(`${action_id}: ${statusCode}`);
      }
    },
    settings,
  );
}

/** Of a target group that becomes unhealthy, of a change of a listener, and of one of a security group. */
async function recordTrigger(): Promise<RecordedCall[]> {
  const world = healthy.build();
  const [group] = world.targetGroups;
  const [listener] = world.listeners;
  if (group === undefined || listener === undefined) throw new Error('the healthy world has no target group');
  const settings = { name: 'eks-nlb-auditor', table, auditors: { [group.vpcId]: 'auditor' } };
  const { arn, loadBalancerArn } = listener;
  return recordWith(
    world,
    async () => {
      const { handler } = await import('../../lambda/trigger.ts');
      const sentAt = Date.now() - 60_000;
      const Records = [
        contributorEvent(group.arn),
        changeEvent('elasticloadbalancing', 'DeleteListener', { listenerArn: arn, loadBalancerArn }),
        changeEvent('ec2', 'RevokeSecurityGroupIngress', { groupId: 'sg-0aaaaaaaaaaaaaa01', ipPermissions: {} }),
      ].map((event) => sqsRecord(event, sentAt));
      const { batchItemFailures } = await handler({ Records }, contextOf('trigger'));
      if (batchItemFailures.length > 0) throw new Error(JSON.stringify(batchItemFailures));
    },
    settings,
  );
}

/** Of CloudWatch, of CloudTrail, and of flow logs in a log group and in a bucket. */
async function recordPast(): Promise<RecordedCall[]> {
  const now = new Date().toISOString();
  const recorded: RecordedCall[] = [];
  const destinations: FlowLog['destination'][] = [
    { kind: 'log-group', name: '/vpc/flow-logs' },
    { kind: 'bucket', name: 'company-flow-logs' },
  ];
  for (const destination of destinations) {
    const world = naclBlocksHealthCheck.build({ now });
    const flowLog = {
      id: 'fl-0123456789abcdef0',
      resourceId: world.vpcs[0]?.id ?? '',
      traffic: 'ALL',
      destination,
    } as const;
    const unread = [{ action: 'ec2:DescribeNetworkAcls', error: 'AccessDenied' } as const];
    const calls = await recordWith(
      { ...world, past: { struckAt: now, calls: [] }, flowLogs: [flowLog], refusals: unread },
      async () => {
        const clients = connect({
          ...unpaced,
          signal: AbortSignal.timeout(60_000),
        });
        await observe(clients, {
          probe: false,
          past: { metrics: 'findings', changes: 'findings', flowLogs: 'findings' },
        });
        clients.close();
      },
    );
    recorded.push(...calls);
  }
  return recorded;
}

async function recordReading(world: World): Promise<RecordedCall[]> {
  return recordWith(world, async () => {
    const clients = connect({ callsPerSecond: 1000, signal: AbortSignal.timeout(60_000) });
    await collect((await survey(clients, {})).inventory, clients, {});
    clients.close();
  });
}

/** `settings`: of the function that acts. */
async function recordWith(world: World, act: () => Promise<void>, settings?: object): Promise<RecordedCall[]> {
  const lab = await startLab(world, { sockets: false });
  try {
    await inEnvironment({ ...lab.env, ...(settings && { AUDITOR_SETTINGS: JSON.stringify(settings) }) }, act);
    return lab.calls;
  } finally {
    await lab.close();
  }
}
