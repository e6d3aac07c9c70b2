import { expect, test } from 'vitest';
import { assess } from '../../../core/diagnosis/assess.ts';
import type { ForFindings } from '../../../core/history/for-findings.ts';
import type { MetricsWanted } from '../../../core/history/metric-queries.ts';
import type { Diagnosis } from '../../../core/model/diagnosis.ts';
import { observe } from '../../../io/observe.ts';
import { ruleRemovedByController } from '../../../lab/scenarios/rule-removed-by-controller.ts';
import { ruleRemovedByTerraform } from '../../../lab/scenarios/rule-removed-by-terraform.ts';
import { ruleRemovedInConsole } from '../../../lab/scenarios/rule-removed-in-console.ts';
import { before, hour, minute } from '../../../lab/world/moment.ts';
import type { PastCall } from '../../../lab/world/past/past-call.ts';
import type { World } from '../../../lab/world/world.ts';
import { thisSecond } from '../../scenarios/audit-world.ts';
import { callsOf, labSession } from '../lab-session.ts';

interface Wanted {
  metrics?: MetricsWanted;
  changes?: ForFindings;
}

const build = (scenario = ruleRemovedInConsole): World => scenario.build({ network: '127.79', now: thisSecond() });

/** The world with the removal of its past as `change` makes it. */
const withCalls = (world: World, change: (call: PastCall) => PastCall[]): World => ({
  ...world,
  past: {
    struckAt: world.now,
    ...world.past,
    calls: (world.past?.calls ?? []).flatMap((call) => (call.action.startsWith('Revoke') ? change(call) : [call])),
  },
});

async function observed(world: World, { metrics = 'findings', changes = 'findings' }: Wanted = {}) {
  const session = await labSession(world);
  const observation = await observe(session.clients, {
    probe: false,
    ownAddresses: [],
    past: { metrics, changes, flowLogs: 'off' },
  });
  const { report } = assess(observation);
  const diagnosis = report.diagnoses.find(({ service }) => service === 'checkout');
  const asked = session.lab.calls.filter(({ service }) => service === 'cloudtrail');
  return { ...session, facts: observation.facts, report, diagnosis, asked };
}

test('where it is off not a single call is made, and a diagnosis has no changes', async () => {
  const { asked, diagnosis } = await observed(build(), { changes: 'off' });
  expect(asked).toEqual([]);
  expect(diagnosis).toMatchObject({ cause: 'sg-rule-removed-by-other-manager', confidence: 'probable' });
  expect(diagnosis?.changes).toBeUndefined();
});

/** What a diagnosis shows of removals. */
const shown = (diagnosis: Diagnosis | undefined) =>
  diagnosis?.changes?.entries.flatMap(({ action, tool, fits }) =>
    action === 'RevokeSecurityGroupIngress' ? [{ tool, fits }] : [],
  );

test.each([
  ['a person in the console', ruleRemovedInConsole, 'alice@example.com', 'console'],
  ['Terraform', ruleRemovedByTerraform, 'network-pipeline/apply-1482', 'Terraform'],
])(
  '%s who removed the rule is named, with the moment, and the cause is confirmed',
  async (_name, scenario, actor, tool) => {
    const { diagnosis } = await observed(build(scenario));
    expect(diagnosis).toMatchObject({
      cause: 'sg-rule-removed-by-other-manager',
      confidence: 'confirmed',
      decidedBy: null,
    });
    const fitting = diagnosis?.changes?.entries.filter(({ fits }) => fits) ?? [];
    expect(fitting).toEqual([expect.objectContaining({ actor, tool, action: 'RevokeSecurityGroupIngress' })]);
    expect(fitting[0]?.minutes).toBeLessThan(0);
    expect(diagnosis?.changes?.entries).toHaveLength(3);
    expect(diagnosis?.evidence[0]?.saw).toContain(
      `its rule was removed by ${actor} (${tool}), RevokeSecurityGroupIngress on `,
    );
  },
);

test('the controller itself is shown and not blamed', async () => {
  const { diagnosis } = await observed(build(ruleRemovedByController));
  expect(diagnosis).toMatchObject({ cause: 'sg-rule-removed-by-other-manager', confidence: 'probable' });
  expect(shown(diagnosis)).toEqual([{ tool: 'AWS Load Balancer Controller', fits: undefined }]);
});

const shifted = (at: (now: string) => string) => (world: World) =>
  withCalls(world, (call) => [{ ...call, at: at(world.now) }]);

const otherPort = (world: World) =>
  withCalls(world, (call) => {
    const text = JSON.stringify(call).replaceAll(/"(fromPort|toPort)":\d+/g, '"$1":22');
    return [JSON.parse(text)];
  });

test.each<[string, (world: World) => World]>([
  ['after the start', shifted((now) => before(now, 12 * minute))],
  ['long before the start', shifted((now) => before(now, hour + 5 * minute))],
  ['of another rule', otherPort],
  ['that AWS refused', (world) => withCalls(world, (call) => [{ ...call, error: 'Client.UnauthorizedOperation' }])],
])('a removal %s is shown and not blamed', async (_name, change) => {
  const { diagnosis } = await observed(change(build()));
  expect(diagnosis?.confidence).toBe('probable');
  expect(shown(diagnosis)).toEqual([{ tool: 'console', fits: undefined }]);
});

test('a removal in another security group is neither read nor blamed', async () => {
  const world = withCalls(build(), (call) => {
    const other = 'sg-0fedcba9876543210';
    return [JSON.parse(JSON.stringify(call).replaceAll(call.resources[0]?.name ?? '', other))];
  });
  const { diagnosis } = await observed(world);
  expect(diagnosis?.confidence).toBe('probable');
  expect(shown(diagnosis)).toEqual([]);
});

test('calls that only read are left out', async () => {
  const world = withCalls(build(), (call) => [call, { ...call, action: 'DescribeSecurityGroups', readOnly: true }]);
  const { diagnosis } = await observed(world);
  expect(shown(diagnosis)).toHaveLength(1);
  expect(JSON.stringify(diagnosis?.changes)).not.toContain('DescribeSecurityGroups');
});

test('a young incident for which nothing was found says that CloudTrail is late', async () => {
  const world = build();
  world.past = { struckAt: before(world.now, 4 * minute), calls: [] };
  const { diagnosis } = await observed(world);
  expect(diagnosis?.changes).toMatchObject({
    notes: ['CloudTrail shows a change up to 15 minutes late: what changed last may be missing'],
  });
});

test('each resource is looked up once, around the start, two pages of it at most', async () => {
  const world = build();
  const many = withCalls(world, (call) =>
    Array.from({ length: 130 }, (_, index) => ({ ...call, at: before(world.now, 21 * minute + index) })),
  );
  const { asked, diagnosis } = await observed(many);
  const subjects = asked.map(({ parameters }) =>
    JSON.stringify([parameters['LookupAttributes'], parameters['NextToken']]),
  );
  expect(new Set(subjects).size).toBe(subjects.length);
  expect(subjects.filter((each) => each.includes(many.past?.calls?.[0]?.resources[0]?.name ?? 'none'))).toHaveLength(2);
  expect(diagnosis?.changes?.notes).toContain('CloudTrail has earlier changes than were read');
  expect(diagnosis?.changes?.entries.length).toBeLessThanOrEqual(20);
});

test('a refused look-up is a gap that names what to grant, is tried once, and leaves the rest of the run as it was', async () => {
  const world = build();
  world.refusals.push({ action: 'cloudtrail:LookupEvents', error: 'AccessDenied' });
  const session = await observed(world);
  expect(session.diagnosis).toMatchObject({ cause: 'sg-rule-removed-by-other-manager', confidence: 'probable' });
  expect(callsOf(session, 'cloudtrail:LookupEvents')).toBe(1);
  expect(session.report.coverage.gaps.filter(({ slice }) => slice === 'changes')).toEqual([
    expect.objectContaining({
      reason: 'denied',
      action: 'cloudtrail:LookupEvents',
      remedy: expect.stringContaining('Grant cloudtrail:LookupEvents'),
    }),
  ]);
});
