import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RecordedCall } from '../../lab/lab.ts';
import type { Template } from '../../scripts/demo/deployment.ts';
import { violationsOf } from '../service-model/violations.ts';
import { botocoreModel } from './botocore-model.ts';
import { findEngine as findBotocore } from './engines/botocore.ts';
import { findEngine as findIamSimulate } from './engines/iam-simulate.ts';
import { onBehalf } from './on-behalf.ts';
import { type RecordedCalls, recordCalls } from './recorded-calls.ts';
import { type Policy, rolePolicies } from './role-policies.ts';
import { type Deployed, type Request, requestsOf, schedulerRequests } from './role-requests.ts';
import { patienceMs, type SynthesizedExamples, synthesizeExamples } from './synthesized-examples.ts';

const botocore = findBotocore();
const iamSimulate = findIamSimulate();

const inKubernetes = ({ service }: RecordedCall): boolean => service.startsWith('kubernetes/');

/** Its body is what the called function takes, which no model describes. */
const isInvocation = ({ service, action }: RecordedCall): boolean => service === 'lambda' && action === 'Invoke';

let calls: RecordedCalls;
beforeAll(async () => {
  calls = await recordCalls();
});

describe.skipIf(!botocore.found)('botocore', () => {
  test('its models admit every request of the product and every answer of the lab', () => {
    const all = [...calls.auditor, ...calls.past, ...calls.notifier, ...calls.reconciler, ...calls.trigger].filter(
      (call) => !isInvocation(call),
    );
    const services = new Set(all.filter((call) => !inKubernetes(call)).map(({ service }) => service));
    expect([...services].toSorted()).toEqual([
      'cloudtrail',
      'dynamodb',
      'ec2',
      'eks',
      'elasticloadbalancing',
      'events',
      'logs',
      'monitoring',
      's3',
      'secretsmanager',
      'sns',
      'sts',
    ]);
    expect(violationsOf(all, botocoreModel(botocore.found ? botocore.data : ''))).toEqual([]);
  });

  test.each([
    [
      'elasticloadbalancing',
      'DescribeTargetHealth',
      '<State>healthy</State>',
      '<State>fine</State>',
      'is fine, not one of',
    ],
    ['ec2', 'DescribeSubnets', '<availableIpAddressCount>', '<availableIpAddressCount>x', 'no number'],
  ])('its models see a wrong answer of %s:%s', (service, action, right, wrong, fault) => {
    const found = calls.auditor.find(
      (call) => call.service === service && call.action === action && call.answer?.includes(right),
    );
    if (found === undefined) throw new Error('no such call was recorded');
    const broken = { ...found, answer: found.answer?.replace(right, wrong) ?? '' };
    const model = botocoreModel(botocore.found ? botocore.data : '');
    expect(violationsOf([broken], model)).toEqual([expect.stringContaining(fault)]);
  });
});

describe.skipIf(!iamSimulate.found)('iam-simulate', () => {
  const functions = ['auditor', 'notifier', 'reconciler', 'interactions', 'trigger'] as const;
  const roles = {
    auditor: 'AuditorRole',
    notifier: 'NotifierRole',
    reconciler: 'ReconcilerRole',
    interactions: 'SlackButtonsRole',
    trigger: 'TriggersRole',
  };
  type User = (typeof functions)[number];

  let examples: SynthesizedExamples;
  let stacks: [string, Deployed][];
  beforeAll(async () => {
    examples = await synthesizeExamples();
    const accounts = { 'organization-member': '444455556666' } as Record<string, string>;
    stacks = Object.entries(examples.templates).map(([name, path]) => {
      const [example = '', region = ''] = name.split(' ');
      const template = JSON.parse(readFileSync(path, 'utf8'));
      return [name, deployedAt(template, accounts[example] ?? '111122223333', region)];
    });
    const { account, region } = calls.world;
    stacks.push(['demo', deployedAt(calls.template, account, region)]);
  }, patienceMs);
  afterAll(() => examples.remove());

  test('is asked about every function of every example, and about the one that few have', () => {
    expect(stacks.length).toBeGreaterThan(6);
    const users = stacks.flatMap(([, stack]) => functions.filter((user) => policiesOf(user, stack).length > 0));
    expect(new Set(users)).toEqual(new Set(functions));
    for (const [name, stack] of stacks) {
      expect([name, policiesOf('auditor', stack).length, policiesOf('notifier', stack).length]).toEqual([name, 1, 1]);
    }
  });

  test.each(functions)('every call of the %s is allowed by its role in every configuration', async (user) => {
    for (const [name, stack] of withA(user)) {
      const requests = requestsOf(callsOf(user), stack);
      expect(requests.length).toBeGreaterThan(2);
      const outcomes = await Promise.all(
        requests.map(async (request) => [name, request, await simulate(request, policiesOf(user, stack))]),
      );
      expect(outcomes.filter(([, , outcome]) => outcome !== 'Allowed')).toEqual([]);
    }
  });

  test.each(functions)('nothing is granted to the %s that nobody uses, in any configuration', (user) => {
    for (const [name, stack] of withA(user)) {
      const used = requestsOf(callsOf(user), stack).map(({ action }) => action);
      const granted = grantedBy(policiesOf(user, stack));
      expect(granted.filter((action) => action.includes('*'))).toEqual([]);
      const unused = granted.filter((action) => !used.includes(action));
      expect([name, [...new Set(unused)].toSorted()]).toEqual([name, Object.keys(onBehalf[user]).toSorted()]);
    }
  });

  test('the scheduler may invoke what it starts, in every configuration, and no other function', async () => {
    for (const [name, stack] of stacks) {
      const policies = rolePolicies(stack.template, 'SchedulerRole', stack.place);
      const requests = schedulerRequests(stack);
      expect(requests.length).toBeGreaterThan(3);
      const outcomes = await Promise.all(
        requests.map(async (request) => [name, request, await simulate(request, policies)]),
      );
      expect(outcomes.filter(([, , outcome]) => outcome !== 'Allowed')).toEqual([]);
      expect(new Set(grantedBy(policies))).toEqual(new Set(requests.map(({ action }) => action)));
      const { account, region } = stack.place;
      const other = `arn:aws:lambda:${region}:${account}:function:other`;
      expect(await simulate({ action: 'lambda:InvokeFunction', resource: other, context: {} }, policies)).toBe(
        'ImplicitlyDenied',
      );
    }
  });

  test.each([
    ['interactions', 'lambda:InvokeFunction', 'arn:aws:lambda:eu-west-1:111122223333:function:other'],
    ['auditor', 'sns:Publish', 'arn:aws:sns:eu-west-1:111122223333:eks-nlb-auditor'],
    ['auditor', 'dynamodb:PutItem', 'arn:aws:dynamodb:eu-west-1:111122223333:table/other'],
    ['auditor', 'ec2:TerminateInstances', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0'],
    ['auditor', 's3:GetObject', 'arn:aws:s3:::eks-nlb-auditor-reports/111122223333/eu-west-1/all/run.html'],
    ['auditor', 'eks:CreateAccessEntry', 'arn:aws:eks:eu-west-1:111122223333:cluster/shop'],
    ['notifier', 's3:PutObject', 'arn:aws:s3:::eks-nlb-auditor-reports/111122223333/eu-west-1/all/run.html'],
    ['notifier', 's3:GetObject', 'arn:aws:s3:::other/report.html'],
    ['notifier', 'dynamodb:PutItem', 'arn:aws:dynamodb:eu-west-1:111122223333:table/eks-nlb-auditor'],
    ['notifier', 'secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:other-AbCdEf'],
  ] as const)('the %s may not %s on %s', async (user, action, resource) => {
    for (const [, stack] of withA(user)) {
      expect(await simulate({ action, resource, context: {} }, policiesOf(user, stack))).toBe('ImplicitlyDenied');
    }
  });

  test.each([
    ['for another principal', { 'eks:principalArn': 'arn:aws:iam::111122223333:role/other' }],
    ['in a group of administrators', { 'eks:kubernetesGroups': ['system:masters'] }],
    ['of another type', { 'eks:accessEntryType': 'EC2_LINUX' }],
    ['under a name of its choice', { 'eks:username': 'admin' }],
  ])('the reconciler may make no entry %s', async (_, change) => {
    expect(await reconcilerMay('eks:CreateAccessEntry', {})).toBe('Allowed');
    expect(await reconcilerMay('eks:CreateAccessEntry', change)).toBe('ImplicitlyDenied');
  });

  test.each([
    ['of an administrator', { 'eks:policyArn': 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy' }],
    ['to another principal', { 'eks:principalArn': 'arn:aws:iam::111122223333:role/other' }],
  ])('the reconciler may give no policy %s', async (_, change) => {
    expect(await reconcilerMay('eks:AssociateAccessPolicy', {})).toBe('Allowed');
    expect(await reconcilerMay('eks:AssociateAccessPolicy', change)).toBe('ImplicitlyDenied');
  });

  test('the code of the auditor may not touch the network interfaces that Lambda makes for it', async () => {
    const resource = 'arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1';
    const request = { action: 'ec2:CreateNetworkInterface', resource };
    const fromCode = { 'lambda:SourceFunctionArn': 'arn:aws:lambda:eu-west-1:111122223333:function:auditor' };
    for (const [, stack] of stacks) {
      const policies = policiesOf('auditor', stack);
      expect(await simulate({ ...request, context: fromCode }, policies)).toBe('ExplicitlyDenied');
      expect(await simulate({ ...request, context: {} }, policies)).toBe('Allowed');
    }
  });

  const callsOf = (user: User): RecordedCall[] =>
    [...calls[user], ...(user === 'auditor' ? calls.past : [])].filter((call) => !inKubernetes(call));
  const policiesOf = (user: User, { template, place }: Deployed): Policy[] =>
    rolePolicies(template, roles[user], place);
  const withA = (user: User): [string, Deployed][] => stacks.filter(([, stack]) => policiesOf(user, stack).length > 0);
  const grantedBy = (policies: Policy[]): string[] =>
    policies.flatMap(({ policy }) =>
      policy.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action),
    );

  /** The first request of the reconciler for this action, with some condition keys changed. */
  async function reconcilerMay(action: string, change: Request['context']): Promise<string> {
    const [found] = withA('reconciler');
    if (found === undefined) throw new Error('no example has a reconciler');
    const request = requestsOf(callsOf('reconciler'), found[1]).find((each) => each.action === action);
    if (request === undefined) throw new Error(`the reconciler never called ${action}`);
    const changed = { ...request, context: { ...request.context, ...change } };
    return simulate(changed, policiesOf('reconciler', found[1]));
  }

  function deployedAt(template: Template, account: string, region: string): Deployed {
    const names = {
      'AWS::DynamoDB::GlobalTable': `arn:aws:dynamodb:${region}:${account}:table/eks-nlb-auditor`,
      'AWS::Events::EventBus': `arn:aws:events:${region}:${account}:event-bus/eks-nlb-auditor`,
      'AWS::S3::Bucket': 'arn:aws:s3:::eks-nlb-auditor-reports',
      'AWS::SNS::Topic': `arn:aws:sns:${region}:${account}:eks-nlb-auditor`,
    };
    return { template, place: { account, region, names } };
  }

  async function simulate({ action, resource, context }: Request, policies: Policy[]): Promise<string> {
    const { runSimulation } = await import('@cloud-copilot/iam-simulate');
    const account = resource.split(':')[4] || calls.world.account;
    const simulation = await runSimulation(
      {
        request: {
          action,
          resource: { resource, accountId: account },
          principal: `arn:aws:iam::${account}:role/eks-nlb-auditor`,
          contextVariables: context,
        },
        identityPolicies: policies,
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    return simulation.resultType === 'error' ? JSON.stringify(simulation.errors) : simulation.overallResult;
  }
});
