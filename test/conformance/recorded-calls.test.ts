import { beforeAll, describe, expect, test } from 'vitest';
import type { RecordedCall } from '../../lab/lab.ts';
import { violationsOf } from '../service-model/violations.ts';
import { botocoreModel } from './botocore-model.ts';
import { findEngine as findBotocore } from './engines/botocore.ts';
import { findEngine as findIamSimulate } from './engines/iam-simulate.ts';
import { onBehalf } from './on-behalf.ts';
import { type RecordedCalls, recordCalls } from './recorded-calls.ts';
import { type Policy, rolePolicies } from './role-policies.ts';

const botocore = findBotocore();
const iamSimulate = findIamSimulate();

const inKubernetes = ({ service }: RecordedCall): boolean => service.startsWith('kubernetes/');

let calls: RecordedCalls;
beforeAll(async () => {
  calls = await recordCalls();
});

describe.skipIf(!botocore.found)('botocore', () => {
  test('its models admit every request of the product and every answer of the lab', () => {
    const all = [...calls.auditor, ...calls.notifier];
    const services = new Set(all.filter((call) => !inKubernetes(call)).map(({ service }) => service));
    expect([...services].toSorted()).toEqual([
      'dynamodb',
      'ec2',
      'eks',
      'elasticloadbalancing',
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
  const functions = ['auditor', 'notifier'] as const;
  const roles = { auditor: 'AuditorRole', notifier: 'NotifierRole' };

  test.each(functions)('every call of the %s is allowed by its role', async (user) => {
    const requests = requestsOf(calls[user].filter((call) => !inKubernetes(call)));
    expect(requests.length).toBeGreaterThan(3);
    const outcomes = await Promise.all(
      requests.map(async (request) => [request, await simulate(request, policiesOf(user))]),
    );
    expect(outcomes.filter(([, outcome]) => outcome !== 'Allowed')).toEqual([]);
  });

  test.each(functions)('nothing is granted to the %s that nobody uses', (user) => {
    const used = requestsOf(calls[user].filter((call) => !inKubernetes(call))).map(({ action }) => action);
    const granted = policiesOf(user).flatMap(({ policy }) =>
      policy.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action),
    );
    expect(granted.filter((action) => action.includes('*'))).toEqual([]);
    expect(new Set(granted.filter((action) => !used.includes(action)))).toEqual(new Set(Object.keys(onBehalf[user])));
  });

  test.each([
    ['auditor', 'sns:Publish', 'arn:aws:sns:eu-west-1:111122223333:eks-nlb-auditor'],
    ['auditor', 'dynamodb:PutItem', 'arn:aws:dynamodb:eu-west-1:111122223333:table/other'],
    ['auditor', 'ec2:TerminateInstances', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0'],
    ['notifier', 'dynamodb:PutItem', 'arn:aws:dynamodb:eu-west-1:111122223333:table/eks-nlb-auditor'],
    ['notifier', 'secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:other-AbCdEf'],
  ] as const)('the %s may not %s on %s', async (user, action, resource) => {
    expect(await simulate({ action, resource }, policiesOf(user))).toBe('ImplicitlyDenied');
  });

  test('the code of the auditor may not touch the network interfaces that Lambda makes for it', async () => {
    const request = {
      action: 'ec2:CreateNetworkInterface',
      resource: 'arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1',
    };
    const fromCode = { 'lambda:SourceFunctionArn': 'arn:aws:lambda:eu-west-1:111122223333:function:auditor' };
    expect(await simulate(request, policiesOf('auditor'), fromCode)).toBe('ExplicitlyDenied');
    expect(await simulate(request, policiesOf('auditor'))).toBe('Allowed');
  });

  interface Request {
    action: string;
    resource: string;
  }

  /** Each action with each resource once. */
  function requestsOf(recorded: RecordedCall[]): Request[] {
    const requests = recorded.map((call) => ({ action: `${call.service}:${call.action}`, resource: resourceOf(call) }));
    return [...new Map(requests.map((request) => [`${request.action} ${request.resource}`, request])).values()];
  }

  function resourceOf({ service, action, parameters, answer = '' }: RecordedCall): string {
    const { account, region } = calls.world;
    if (service === 'dynamodb') return `arn:aws:dynamodb:${region}:${account}:table/${parameters['TableName']}`;
    if (service === 'sns') return String(parameters['TopicArn']);
    if (service === 'secretsmanager') return JSON.parse(answer).ARN;
    if (action === 'DescribeCluster') return `arn:aws:eks:${region}:${account}:cluster/${parameters['name']}`;
    if (action === 'GetManagedPrefixListEntries')
      return `arn:aws:ec2:${region}:${account}:prefix-list/${parameters['PrefixListId']}`;
    return '*';
  }

  function policiesOf(user: (typeof functions)[number]): Policy[] {
    const { account, region, topics } = calls.world;
    const names = {
      'AWS::DynamoDB::GlobalTable': `arn:aws:dynamodb:${region}:${account}:table/eks-nlb-auditor`,
      'AWS::SNS::Topic': topics[0] ?? '',
    };
    return rolePolicies(calls.template, roles[user], { account, region, names });
  }

  async function simulate({ action, resource }: Request, policies: Policy[], context: Record<string, string> = {}) {
    const { runSimulation } = await import('@cloud-copilot/iam-simulate');
    const { account } = calls.world;
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
