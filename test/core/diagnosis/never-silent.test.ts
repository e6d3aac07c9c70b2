import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess } from '../../../core/diagnosis/assess.ts';
import type { Target } from '../../../core/model/aws.ts';
import { alarms } from '../../../core/model/diagnosis.ts';
import type { Facts } from '../../../core/model/facts.ts';
import { claimsAbout, claimsAboutEach, claimsOf } from '../../invariant/claims.ts';
import { withGaps } from '../../invariant/gaps.ts';
import { outagesIn } from '../../invariant/outages.ts';
import { run } from '../render/crash-report.ts';
import { rule, sampleFacts, takenAt, unready, waiting } from '../sample-facts.ts';

const states: Target['state'][] = ['healthy', 'healthy', 'unhealthy', 'initial', 'draining', 'unused', 'unavailable'];

/** A world in which each part is right or broken by chance, of one Service behind one load balancer. */
const worlds: fc.Arbitrary<Parts> = fc.record({
  targetType: fc.constantFrom('ip' as const, 'instance' as const),
  policy: fc.constantFrom('Cluster' as const, 'Local' as const),
  states: fc.array(fc.constantFrom(...states), { minLength: 3, maxLength: 3 }),
  registered: fc.nat({ max: 3 }),
  weight: fc.constantFrom(undefined, 1, 0),
  unready: fc.subarray(['web-1', 'web-2']),
  isOwned: fc.boolean(),
  hasPods: fc.boolean(),
  ingress: fc.constantFrom('any', 'other port', 'other family', 'none'),
  protocol: fc.constantFrom('TCP', 'TLS', 'UDP'),
  faces: fc.constantFrom('the VPC' as const, 'the Internet' as const, 'nothing' as const),
  acl: fc.constantFrom('open' as const, 'open' as const, 'shut' as const, 'mute' as const),
  madeSecondsAgo: fc.constantFrom(60, 86_400),
  checkedPort: fc.constantFrom('its own' as const, 10_256),
  behind: fc.constantFrom('open' as const, 'check port' as const, 'other group' as const),
  scaledToZero: fc.constantFrom('no' as const, 'no' as const, 'by a scaler' as const, 'by hand' as const),
});

interface Parts {
  targetType: 'ip' | 'instance';
  policy: 'Cluster' | 'Local';
  states: Target['state'][];
  registered: number;
  weight: number | undefined;
  unready: string[];
  isOwned: boolean;
  hasPods: boolean;
  ingress: string;
  protocol: string;
  /** Where clients come from; `nothing` = an internet-facing load balancer without a route. */
  faces: 'the VPC' | 'the Internet' | 'nothing';
  /** What the network ACL of all subnets denies: nothing, the listener, or answers. */
  acl: 'open' | 'shut' | 'mute';
  madeSecondsAgo: number;
  checkedPort: 'its own' | number;
  behind: 'open' | 'check port' | 'other group';
  scaledToZero: 'no' | 'by a scaler' | 'by hand';
}

function factsOf(parts: Parts): Facts {
  const facts = sampleFacts(parts);
  const { slices } = facts;
  slices.targetHealth = slices.targetHealth
    .slice(0, parts.registered)
    .map((target, index) => ({ ...target, state: parts.states[index] ?? 'healthy' }));
  for (const listener of slices.listeners) {
    listener.protocol = parts.protocol;
    listener.forwards = listener.forwards.map(({ targetGroupArn }) => ({
      targetGroupArn,
      ...(parts.weight !== undefined && { weight: parts.weight }),
    }));
  }
  for (const name of parts.unready) unready(facts, name);
  if (!parts.isOwned) facts.owners = [];
  if (!parts.hasPods) Object.assign(slices, { pods: [], endpointSlices: [], workloads: [] });
  if (parts.checkedPort !== 'its own')
    for (const target of slices.targetHealth) target.healthCheckPort = parts.checkedPort;
  openBehind(facts, parts.behind);
  scaleToZero(facts, parts);
  const own = slices.securityGroups.find(({ name }) => name === 'load balancer');
  if (own !== undefined) own.rules = own.rules.filter(({ egress }) => egress);
  const port = parts.ingress === 'any' ? 80 : 8443;
  const range = parts.ingress === 'other family' ? { cidrIpv6: '::/0' } : { cidrIpv4: '0.0.0.0/0' };
  const protocol = parts.protocol === 'UDP' ? 'udp' : 'tcp';
  if (parts.ingress !== 'none') own?.rules.push(rule({ fromPort: port, toPort: port, protocol, ...range }));
  for (const group of slices.targetGroups) group.protocol = parts.protocol;
  fence(facts, parts);
  const made = new Date(Date.parse(takenAt) - parts.madeSecondsAgo * 1000).toISOString();
  for (const { metadata } of slices.services) metadata.creationTimestamp = made;
  return facts;
}

/** What the targets admit: every port, that of the health check alone, or the traffic port for others than the load balancer. */
function openBehind({ slices }: Facts, behind: Parts['behind']): void {
  const nodes = slices.securityGroups.find(({ name }) => name === 'nodes');
  if (nodes === undefined || behind === 'open') return;
  const open = { fromPort: 0, toPort: 65_535, referencedGroupId: 'sg-0000000000000000a' };
  const checked = slices.targetHealth.map(({ healthCheckPort }) => healthCheckPort);
  nodes.rules = checked.map((port) =>
    rule({ fromPort: port, toPort: port, referencedGroupId: 'sg-0000000000000000b' }),
  );
  if (behind === 'other group') nodes.rules.push(rule(open));
}

/** Where clients come from, and what the network ACL makes of them. */
function fence({ slices }: Facts, { faces, acl }: Parts): void {
  for (const balancer of slices.loadBalancers) if (faces !== 'the VPC') balancer.scheme = 'internet-facing';
  if (faces === 'the Internet')
    for (const { routes } of slices.routeTables)
      routes.push({ destination: '0.0.0.0/0', target: 'igw-1', state: 'active' });
  if (acl === 'open') return;
  const ports = acl === 'shut' ? { fromPort: 80, toPort: 80 } : { fromPort: 1024, toPort: 65_535 };
  const denial = { ...ports, egress: acl === 'mute', action: 'deny' as const, cidr: '0.0.0.0/0' };
  for (const { entries } of slices.networkAcls)
    entries.unshift({ ...denial, ruleNumber: 50, protocol: '6' }, { ...denial, ruleNumber: 51, protocol: '17' });
}

function scaleToZero({ slices }: Facts, { scaledToZero, targetType }: Parts): void {
  if (scaledToZero === 'no') return;
  Object.assign(slices, { pods: [] });
  for (const slice of slices.endpointSlices) slice.endpoints = [];
  for (const workload of slices.workloads) {
    workload.spec.replicas = 0;
    if (scaledToZero === 'by a scaler') workload.metadata.annotations['downscaler/original-replicas'] = '2';
  }
  if (targetType === 'ip') slices.targetHealth = [];
}

const observed = (facts: Facts[], clusters = 1) => ({
  run,
  inventory: {
    account: '111122223333',
    region: 'eu-west-1',
    clusters: Array.from({ length: clusters }, (_, index) => ({ name: `shop-${index}` })) as never,
    gaps: [],
  },
  facts,
});

const unreadable = fc.array(fc.record({ slice: fc.nat(), reason: fc.nat() }), { maxLength: 4 });

describe('no output says that nothing is wrong, and nothing resolves', () => {
  test('while clients are not served, whatever is broken and whatever else could not be read', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(worlds, unreadable, (parts, picks) => {
        const world = factsOf(parts);
        const facts = withGaps(world, picks);
        // What nobody could read proves nothing; that no target is healthy is never to be passed over for that.
        const outages = [
          ...outagesIn(facts),
          ...outagesIn(world).filter(({ clause }) => clause === 'no-healthy-target'),
        ];
        if (outages.length === 0) return;
        const claimsAbout = claimsAboutEach(observed([facts]));
        for (const { clause, targetGroupArn } of outages) {
          seen.set(clause, (seen.get(clause) ?? 0) + 1);
          expect({ clause, claims: claimsAbout(targetGroupArn) }).toEqual({ clause, claims: [] });
        }
      }),
      { numRuns: 1000, seed: 12 },
    );
    expect([...seen.keys()].toSorted()).toEqual([
      'clients-shut-out',
      'no-healthy-target',
      'ready-endpoints-missing',
      'targets-cut-off',
    ]);
  });

  test('while every node passes a check that sees no pods, and no pod is ready', () => {
    let count = 0;
    const calm = {
      targetType: 'instance',
      registered: 3,
      weight: 1,
      isOwned: true,
      hasPods: true,
      ingress: 'any',
      protocol: 'TCP',
      faces: 'the VPC',
      acl: 'open',
    } as const;
    const healthy: Target['state'][] = ['healthy', 'healthy', 'healthy'];
    const rest = { behind: 'open', checkedPort: 10_256, madeSecondsAgo: 86_400 } as const;
    fc.assert(
      fc.property(worlds, (parts) => {
        const facts = factsOf({ ...parts, ...calm, ...rest, states: healthy });
        for (const { targetGroupArn } of outagesIn(facts)) {
          count += 1;
          expect(claimsAbout(targetGroupArn, observed([facts]))).toEqual([]);
        }
      }),
      { numRuns: 100, seed: 12 },
    );
    expect(count).toBeGreaterThan(10);
  });

  test('while every target is healthy, and clients do not get in or get no answer', () => {
    let count = 0;
    const calm = { registered: 3, weight: 1, isOwned: true, hasPods: true, unready: [], behind: 'open' } as const;
    const healthy: Target['state'][] = ['healthy', 'healthy', 'healthy'];
    const rest = { checkedPort: 'its own', madeSecondsAgo: 86_400, scaledToZero: 'no' } as const;
    fc.assert(
      fc.property(worlds, (parts) => {
        const facts = factsOf({ ...parts, ...calm, ...rest, unready: [], states: healthy });
        for (const { clause, targetGroupArn } of outagesIn(facts)) {
          if (clause !== 'clients-shut-out') continue;
          count += 1;
          expect(claimsAbout(targetGroupArn, observed([facts]))).toEqual([]);
        }
      }),
      { numRuns: 300, seed: 12 },
    );
    expect(count).toBeGreaterThan(100);
  });

  test('and a listener without a pod behind it by intent is spoken of, without an alarm', () => {
    let count = 0;
    fc.assert(
      fc.property(worlds, (parts) => {
        const facts = factsOf({
          ...parts,
          scaledToZero: 'by a scaler',
          hasPods: true,
          isOwned: true,
          ingress: 'any',
          protocol: 'TCP',
          faces: 'the VPC',
          acl: 'open',
          behind: 'open',
        });
        const isUsed = parts.weight !== 0 && parts.madeSecondsAgo > 900;
        const isPassing = facts.slices.targetHealth.every(
          ({ port, healthCheckPort, state }) => state !== 'healthy' || port !== healthCheckPort,
        );
        const isIdle = facts.slices.targetHealth.some(({ state }) => state === 'unused' || state === 'unavailable');
        if (!isUsed || !isPassing || isIdle) return;
        const { diagnoses } = assess(observed([facts])).report;
        expect(diagnoses.filter(alarms)).toEqual([]);
        expect(diagnoses.flatMap(({ evidence }) => evidence.map(({ saw }) => saw)).join()).toMatch(
          /scaled to zero by kube-downscaler/,
        );
        count += 1;
      }),
      { numRuns: 300, seed: 12 },
    );
    expect(count).toBeGreaterThan(20);
  });

  test.each([
    ['no cluster and no target group was seen', observed([], 0)],
    ['the survey was refused', { ...observed([]), inventory: { ...observed([]).inventory, gaps: [surveyGap()] } }],
  ])('while %s', (_, observation) => {
    expect(claimsOf(assess(observation).report)).toEqual([]);
  });
});

function surveyGap() {
  return {
    slice: 'targetGroups' as const,
    scope: { kind: 'all' as const },
    reason: 'denied' as const,
    action: 'elasticloadbalancing:DescribeTargetGroups',
    message: 'denied',
    remedy: 'grant it',
  };
}

describe('a clean account is quiet', () => {
  test('and every output says so, each of which is watched above', () => {
    const facts = { ...sampleFacts({ targetType: 'ip' }), cluster: { name: 'shop' } as never };
    const [{ arn } = { arn: '' }] = facts.slices.targetGroups;
    expect(claimsAbout(arn, observed([facts]))).toEqual([
      ...['exit code', 'text', 'markdown', 'html', 'junit', 'metrics'],
      ...['gate', 'gate as text', 'gate as markdown', 'gate as html', 'gate as junit'],
      ...['store', 'messages', 'watch', 'examine'],
    ]);
  });

  test.each<[string, (facts: Facts) => void]>([
    ['every target is healthy', () => {}],
    [
      'a rollout is on: one pod is new, and its target is not healthy yet',
      ({ slices }) => {
        const [pod] = slices.pods;
        if (pod !== undefined) pod.metadata.creationTimestamp = ago(60);
        const [target] = slices.targetHealth;
        if (target !== undefined) Object.assign(target, { state: 'initial', reason: 'Elb.RegistrationInProgress' });
      },
    ],
    [
      'a target group made minutes ago',
      ({ slices }) => {
        for (const { metadata } of slices.services) metadata.creationTimestamp = ago(120);
        for (const balancer of slices.loadBalancers) balancer.createdAt = ago(120);
        slices.targetHealth = [];
      },
    ],
    [
      'blue and green: the group with weight 0 is empty',
      ({ slices }) => {
        for (const listener of slices.listeners) listener.forwards = waiting(listener);
        slices.targetHealth = [];
      },
    ],
  ])('%s', (_, change) => {
    const facts = sampleFacts({ targetType: 'ip' });
    change(facts);
    const { report } = assess(observed([facts]));
    expect(report.diagnoses.filter(({ verdict }) => verdict !== 'expected' && verdict !== 'latent')).toEqual([]);
    expect(claimsOf(report)).toEqual(expect.arrayContaining(['exit code', 'junit', 'metrics']));
  });
});

function ago(seconds: number): string {
  return new Date(Date.parse(takenAt) - seconds * 1000).toISOString();
}
