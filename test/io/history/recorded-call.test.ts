import { expect, test } from 'vitest';
import type { OpenEvent } from '../../../io/aws/optional/cloud-trail.ts';
import { recordedCallOf } from '../../../io/history/recorded-call.ts';

const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef';
const role = (name: string, session: string, more: object = {}) => ({
  type: 'AssumedRole',
  arn: `arn:aws:sts::111122223333:assumed-role/${name}/${session}`,
  sessionContext: {
    sessionIssuer: { type: 'Role', arn: `arn:aws:iam::111122223333:role/${name}`, userName: name },
    ...more,
  },
});

const event = (record: unknown, fields: Partial<OpenEvent> = {}): OpenEvent => ({
  EventId: 'e1',
  EventName: 'ModifyTargetGroup',
  EventTime: new Date('2026-11-20T11:11:09Z'),
  Username: 'somebody',
  record,
  ...fields,
});

const callOf = (record: unknown, fields: Partial<OpenEvent> = {}) =>
  recordedCallOf(event(record, fields), { by: 'EventName', resources: [arn] });

test('settings of a target group are kept by the names of the health check, and nothing else of the request', () => {
  const call = callOf({
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/alice', userName: 'alice' },
    userAgent: 'aws-cli/2.31.0',
    requestParameters: {
      targetGroupArn: arn,
      healthCheckPath: '/status',
      healthCheckIntervalSeconds: 10,
      matcher: { httpCode: '200-399' },
      somethingElse: { password: 'hunter2' },
    },
    responseElements: { targetGroups: [{ targetGroupArn: arn }] },
    readOnly: false,
  });
  expect(call).toEqual({
    id: 'e1',
    at: '2026-11-20T11:11:09Z',
    action: 'ModifyTargetGroup',
    actor: 'alice',
    identity: 'arn:aws:iam::111122223333:user/alice',
    tool: 'aws-cli',
    objects: [arn],
    settings: { path: '/status', intervalSeconds: '10', successCodes: '200-399' },
  });
});

test.each<[string, object, string]>([
  ['a role by its session', role('deploy', 'run-17'), 'deploy/run-17'],
  [
    'a person of IAM Identity Center by name',
    role('AWSReservedSSO_Admin_0123', 'alice@example.com'),
    'alice@example.com',
  ],
  ['a controller by its role alone', role('lbc', '1764457200123456789'), 'lbc'],
  ['a person who took a role by the source identity', role('deploy', 'x', { sourceIdentity: 'bob' }), 'bob as deploy'],
  ['the root user', { type: 'Root', arn: 'arn:aws:iam::111122223333:root' }, 'root'],
  ['a service', { type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' }, 'autoscaling.amazonaws.com'],
])('%s is named', (_name, userIdentity, actor) => {
  expect(callOf({ userIdentity }, { Username: undefined })?.actor).toBe(actor);
});

const permissions = {
  items: [
    {
      ipProtocol: 'tcp',
      fromPort: 8080,
      toPort: 8080,
      groups: { items: [{ groupId: 'sg-01' }, { groupId: 'sg-02' }] },
      ipRanges: { items: [{ cidrIp: '10.0.0.0/16' }] },
      ipv6Ranges: {},
      prefixListIds: {},
    },
  ],
};
const revoke = { EventName: 'RevokeSecurityGroupIngress' };

test('a rule is read from the answer, which knows rules that the request names by id, else from the request', () => {
  const listed = {
    groupId: 'sg-0a',
    isEgress: false,
    ipProtocol: 'tcp',
    fromPort: 80,
    toPort: 81,
    referencedGroupId: 'sg-03',
  };
  const byId = callOf(
    {
      requestParameters: { groupId: 'sg-0a', securityGroupRuleIds: { items: [{ securityGroupRuleId: 'sgr-01' }] } },
      responseElements: { _return: true, revokedSecurityGroupRuleSet: { items: [listed] } },
    },
    revoke,
  );
  expect(byId?.rules).toEqual([
    { effect: 'removed', egress: false, protocol: 'tcp', fromPort: 80, toPort: 81, peer: 'sg-03' },
  ]);
  const older = callOf(
    { requestParameters: { groupId: 'sg-0a', ipPermissions: permissions }, responseElements: { _return: true } },
    revoke,
  );
  expect(older?.rules?.map(({ peer }) => peer)).toEqual(['sg-01', 'sg-02', '10.0.0.0/16']);
  expect(callOf({ requestParameters: { groupId: 'sg-0a' }, responseElements: null }, revoke)?.rules).toBeUndefined();
});

test('registered and deregistered targets are kept by id', () => {
  const requestParameters = { targetGroupArn: arn, targets: [{ id: 'i-01', port: 80 }, { id: '10.0.0.1' }] };
  expect(callOf({ requestParameters }, { EventName: 'DeregisterTargets' })?.targets).toEqual({
    effect: 'deregistered',
    ids: ['i-01', '10.0.0.1'],
  });
});

test('what only reads is no change, and what is no record says who, what and when all the same', () => {
  expect(callOf({ readOnly: true })).toBeUndefined();
  expect(callOf({}, { ReadOnly: 'true' })).toBeUndefined();
  expect(callOf(undefined)).toMatchObject({ actor: 'somebody', action: 'ModifyTargetGroup', tool: 'unknown' });
  expect(callOf({}, { EventTime: undefined })).toBeUndefined();
});

test('texts are clipped, and a record of the wrong shape breaks nothing', () => {
  const long = callOf({ userIdentity: { type: 'IAMUser', userName: 'x'.repeat(5000) }, requestParameters: 'nothing' });
  expect(long?.actor).toHaveLength(120);
  for (const record of [[], 'text', 7, { userIdentity: [], requestParameters: null, responseElements: 'x' }]) {
    expect(() => callOf(record)).not.toThrow();
  }
});
