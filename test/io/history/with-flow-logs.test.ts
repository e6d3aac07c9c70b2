import { expect, test } from 'vitest';
import { assess } from '../../../core/diagnosis/assess.ts';
import type { ForFindings } from '../../../core/history/for-findings.ts';
import { observe } from '../../../io/observe.ts';
import { healthCheckLostOnPath } from '../../../lab/scenarios/health-check-lost-on-path.ts';
import { naclBlocksHealthCheck } from '../../../lab/scenarios/nacl-blocks-health-check.ts';
import type { FlowLog } from '../../../lab/world/past/flow-log.ts';
import type { World } from '../../../lab/world/world.ts';
import { thisSecond } from '../../scenarios/audit-world.ts';
import { labSession } from '../lab-session.ts';

const build = (scenario = healthCheckLostOnPath): World => scenario.build({ network: '127.57', now: thisSecond() });

const withFlowLog = (world: World, change: Partial<FlowLog> = {}): World => {
  const resourceId = world.vpcs[0]?.id ?? '';
  const destination = { kind: 'log-group', name: '/vpc/flow-logs' } as const;
  return { ...world, flowLogs: [{ id: 'fl-0123456789abcdef0', resourceId, traffic: 'ALL', destination, ...change }] };
};

/** The network ACL denies, and it cannot be read: nothing but a flow log says where packets end. */
const unreadAcl = (change: Partial<FlowLog> = {}): World => ({
  ...withFlowLog(build(naclBlocksHealthCheck), change),
  refusals: [{ action: 'ec2:DescribeNetworkAcls', error: 'AccessDenied' }],
});

async function observed(world: World, flowLogs: ForFindings = 'findings') {
  const session = await labSession(world);
  const past = { metrics: 'off', changes: 'off', flowLogs } as const;
  const observation = await observe(session.clients, { probe: false, ownAddresses: [], past });
  const { report } = assess(observation);
  const diagnosis = report.diagnoses.find(({ service }) => service === 'checkout');
  const asked = session.lab.calls.filter(
    ({ service, action }) => ['logs', 's3'].includes(service) || action === 'DescribeFlowLogs',
  );
  const gaps = report.coverage.gaps.filter(({ slice }) => slice === 'flowLogs');
  return { asked: asked.map(({ action }) => action), diagnosis, gaps, observation };
}

test('where it is off not a single call is made', async () => {
  const { asked, diagnosis } = await observed(build(), 'off');
  expect(asked).toEqual([]);
  expect(diagnosis).toMatchObject({ verdict: 'unexplained' });
});

test('without a flow log one call is made, and nothing is said', async () => {
  const { asked, diagnosis, gaps } = await observed({ ...build(), flowLogs: [] });
  expect(asked).toEqual(['DescribeFlowLogs']);
  expect(diagnosis).toMatchObject({ verdict: 'unexplained' });
  expect(gaps).toEqual([]);
});

test('a health check that never arrives has a cause, and is read of one target for those behind the same filters', async () => {
  const { asked, diagnosis } = await observed(build());
  expect(diagnosis).toMatchObject({ verdict: 'unhealthy', cause: 'health-check-lost-on-path', targets: { length: 3 } });
  // Three subnets, in each a target: what names a node of the load balancer, then whether there are records at all.
  expect(asked).toEqual(['DescribeFlowLogs', ...Array.from({ length: 6 }, () => 'FilterLogEvents')]);
});

const bucket = { kind: 'bucket', name: 'company-flow-logs' } as const;
const custom = 'end action interface-id pkt-srcaddr pkt-dstaddr srcaddr dstaddr srcport dstport protocol log-status';

test.each<[string, Partial<FlowLog>]>([
  ['a log group', {}],
  ['a log group, with fields of another order', { fields: custom.split(' ') }],
  ['a bucket', { destination: bucket }],
  ['folders of a bucket by the hour', { destination: { ...bucket, prefix: 'network/prod', isHourly: true } }],
  ['folders of a bucket as Hive has them', { destination: { ...bucket, isHive: true, isHourly: true } }],
])('a rejection is read from %s, and what was not read is the suspect', async (_name, change) => {
  const { diagnosis, gaps } = await observed(unreadAcl(change));
  expect(gaps).toEqual([]);
  expect(diagnosis).toMatchObject({
    verdict: 'unexplained',
    decidedBy: 'the rules of the security groups and of the network ACL that the evidence names',
  });
  const saw = diagnosis?.evidence.map((each) => each.saw).join('\n');
  expect(saw).toMatch(
    /flow log fl-0123456789abcdef0 of eni-\w+: REJECT of TCP 3000 from \d of 3 nodes of the load balancer/,
  );
  expect(saw).toMatch(
    /the security groups of eni-\w+ \(.*\) let it in, so that the network ACL of subnet-\w+ rejects it/,
  );
});

test.each<[string, Partial<FlowLog>, string]>([
  ['Parquet', { destination: { ...bucket, isParquet: true } }, 'its files are in the format Parquet'],
  ['records without ports', { fields: ['srcaddr', 'dstaddr', 'action', 'end'] }, 'its records lack srcport, dstport'],
  ['a failure', { failure: 'Access error' }, 'it delivers nothing: Access error'],
])('%s is a gap that says what to do', async (_name, change, why) => {
  const { diagnosis, gaps } = await observed(unreadAcl(change));
  expect(gaps).toEqual([
    expect.objectContaining({
      reason: 'not-requested',
      message: expect.stringContaining(why),
      remedy: expect.stringContaining('Make a second flow log'),
    }),
  ]);
  expect(diagnosis?.verdict).toBe('unexplained');
});

test.each([
  ['ec2:DescribeFlowLogs', {}],
  ['logs:FilterLogEvents', {}],
  ['s3:ListBucket', { destination: bucket }],
  ['s3:GetObject', { destination: bucket }],
])('%s that is denied is a gap', async (action, change) => {
  const world = unreadAcl(change);
  const { gaps } = await observed({ ...world, refusals: [...world.refusals, { action, error: 'AccessDenied' }] });
  expect(gaps).toEqual([
    expect.objectContaining({ action, reason: 'denied', remedy: expect.stringContaining(`Grant ${action}`) }),
  ]);
});

test('a flow log of accepted packets alone does not prove that none arrived', async () => {
  const world = build();
  const { diagnosis } = await observed(withFlowLog(world, { traffic: 'ACCEPT' }));
  expect(diagnosis?.verdict).toBe('unexplained');
});
