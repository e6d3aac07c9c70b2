import { expect, test } from 'vitest';
import { awsActions, commandLineActions } from '../../../config/permissions.ts';
import { answerShapes } from '../../../io/aws/answer-shapes.ts';
import { collect } from '../../../io/collect/collect.ts';
import { survey } from '../../../io/survey/survey.ts';
import { demoWorld } from '../../../lab/demo.ts';
import { labSession } from '../lab-session.ts';
import { clientsOf } from './fake-aws.ts';

const checked = /^(sts|eks|ec2|elasticloadbalancing|cloudwatch|cloudtrail|logs):/;

test('every call to STS, EKS, EC2, Elastic Load Balancing, CloudWatch, its logs and CloudTrail that the product makes has a shape', () => {
  const actions = new Set(
    [...awsActions, ...commandLineActions].map(({ action }) => action).filter((action) => checked.test(action)),
  );
  expect(actions.size).toBeGreaterThan(20);
  expect(new Set(Object.keys(answerShapes))).toEqual(actions);
});

test.each(Object.entries(answerShapes))('%s: nothing is no answer', (_action, shape) => {
  for (const nothing of [undefined, null, {}, { $metadata: {} }, '<html></html>']) {
    expect(shape.safeParse(nothing).success).toBe(false);
  }
});

const bodies: [string, string][] = [
  ['nothing', ''],
  ['HTML', '<html><body>sign in</body></html>'],
  ['an empty object', '{}'],
  ['null', 'null'],
  ['XML of something else', '<Other xmlns="https://example.com"/>'],
  ['XML that breaks off', '<DescribeTargetGroupsResponse><DescribeTargetGroupsResult><TargetGroups><member>'],
];

test.each(bodies)(
  '%s with status 200 is not believed: a gap, and an empty account is not reported',
  async (_name, body) => {
    let requests = 0;
    const clients = await clientsOf((_request, response) => {
      requests += 1;
      response.end(body);
    });
    const { gaps, account } = (await survey(clients, {})).inventory;
    expect(new Set(gaps.map(({ action, reason }) => `${action} ${reason}`))).toEqual(
      new Set([
        'eks:ListClusters invalid',
        'elasticloadbalancing:DescribeLoadBalancers invalid',
        'elasticloadbalancing:DescribeTargetGroups invalid',
      ]),
    );
    expect(account).toBe('');
    // The next answer may be a good one.
    expect(requests).toBeGreaterThanOrEqual(3 * gaps.length);
    for (const { message } of gaps) expect(message).not.toContain('sign in');
  },
);

test('empty answers of EC2 are gaps of every Facts of the VPC, and of nothing else', async () => {
  const { clients } = await labSession(demoWorld({ network: '127.72' }));
  const { inventory } = await survey(clients, {});
  clients.ec2.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      return { ...result, output: { $metadata: {} } };
    },
    { step: 'deserialize', name: 'emptyAnswer', priority: 'high' },
  );
  const all = await collect(inventory, clients);
  expect(all.length).toBeGreaterThan(1);
  for (const { gaps, slices } of all) {
    expect(new Set(gaps.map(({ reason }) => reason))).toEqual(new Set(['invalid']));
    expect(gaps.map(({ slice }) => slice)).toEqual(
      expect.arrayContaining(['instances', 'networkInterfaces', 'securityGroups', 'subnets', 'routeTables', 'vpcs']),
    );
    expect(slices.pods).toBeDefined();
  }
});
