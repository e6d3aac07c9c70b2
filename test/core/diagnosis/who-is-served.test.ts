import { describe, expect, test } from 'vitest';
import { assess } from '../../../core/diagnosis/assess.ts';
import { runVerdict } from '../../../core/diagnosis/run-verdict.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Gap } from '../../../core/model/gap.ts';
import type { Report } from '../../../core/model/report.ts';
import { renderJunit } from '../../../core/render/machine/junit.ts';
import { verdictLine } from '../../../core/render/text/verdict-line.ts';
import { run } from '../render/crash-report.ts';
import { rule, sampleFacts, takenAt, useBothProtocols, waiting } from '../sample-facts.ts';

const reportOf = (facts: Facts[], clusters = 1, gaps: Gap[] = []): Report =>
  assess({
    run,
    inventory: {
      account: '111122223333',
      region: 'eu-west-1',
      clusters: Array.from({ length: clusters }, (_, index) => ({ name: `shop-${index}` })) as never,
      gaps,
    },
    facts,
  }).report;

const changed = (change: (facts: Facts) => void): Report => {
  const facts = sampleFacts({ targetType: 'ip' });
  change(facts);
  return reportOf([facts]);
};

const gap = (slice: Gap['slice']): Gap => ({
  slice,
  scope: { kind: 'all' },
  reason: 'denied',
  action: `read ${slice}`,
  message: 'denied',
  remedy: 'grant it',
});

const empty = ({ slices }: Facts): void => {
  slices.targetHealth = [];
};
const unweighted = ({ slices }: Facts): void => {
  for (const { forwards } of slices.listeners) for (const forward of forwards) forward.weight = 0;
};
const behindGreen = ({ slices }: Facts): void => {
  for (const listener of slices.listeners) listener.forwards = waiting(listener);
};
/** Only these subnets, or all where none is named, lack a route to an internet gateway. */
const withoutInternet =
  (...subnetIds: string[]) =>
  ({ vpcId, slices }: Facts): void => {
    const local = { destination: '10.0.0.0/16', target: 'local', state: 'active' };
    for (const balancer of slices.loadBalancers) balancer.scheme = 'internet-facing';
    for (const { routes } of slices.routeTables)
      if (subnetIds.length > 0) routes.push({ destination: '0.0.0.0/0', target: 'igw-1', state: 'active' });
    if (subnetIds.length > 0)
      slices.routeTables.push({ id: 'rtb-private', vpcId, main: false, subnetIds, routes: [local] });
  };
/** A listener for TCP and UDP, whose load balancer admits clients by these protocols alone. */
const openTo =
  (...protocols: string[]) =>
  (facts: Facts): void => {
    useBothProtocols(facts);
    for (const listener of facts.slices.listeners) listener.protocol = 'TCP_UDP';
    for (const group of facts.slices.securityGroups) {
      if (group.name === 'load balancer')
        group.rules = [
          ...group.rules.filter(({ egress }) => egress),
          ...protocols.map((protocol) => rule({ protocol, fromPort: 80, toPort: 80, cidrIpv4: '0.0.0.0/0' })),
        ];
      else group.rules.push(rule({ protocol: '-1', fromPort: -1, toPort: -1, cidrIpv4: '0.0.0.0/0' }));
    }
  };
/** A rollout whose targets all wait for their first health checks. */
const rolling = ({ slices }: Facts): void => {
  const made = new Date(Date.parse(takenAt) - 60_000).toISOString();
  for (const { metadata } of slices.pods) metadata.creationTimestamp = made;
  for (const target of slices.targetHealth) {
    target.state = 'initial';
    target.reason = 'Elb.RegistrationInProgress';
  }
};
const withoutPods = ({ slices }: Facts): void => {
  slices.pods = [];
  slices.endpointSlices = [];
  slices.workloads = [];
};

describe('who is served', () => {
  test.each<[string, (facts: Facts) => void, string, string]>([
    ['every target is healthy', () => {}, 'served', 'well'],
    ['ready pods, none of them registered', empty, 'unserved', 'wrong'],
    [
      'an empty group whose pods and endpoints could not be read',
      (facts) => {
        empty(facts);
        withoutPods(facts);
        facts.gaps.push(...(['pods', 'endpointSlices', 'workloads'] as const).map(gap));
      },
      'unserved',
      'wrong',
    ],
    [
      'a Service made a minute ago, nothing registered',
      (facts) => {
        empty(facts);
        for (const service of facts.slices.services)
          service.metadata.creationTimestamp = new Date(Date.parse(takenAt) - 60_000).toISOString();
      },
      'excused',
      'well',
    ],
    ['no zone of an internet-facing load balancer leads to the internet', withoutInternet(), 'unserved', 'wrong'],
    ['one zone of three does not', withoutInternet('subnet-0aaaaaaaaaaaaaa02'), 'partly', 'wrong'],
    [
      'an empty group of weight 0 beside one that serves',
      (facts) => {
        empty(facts);
        behindGreen(facts);
      },
      'idle',
      'well',
    ],
    [
      'an empty group whose listener gives weight to none',
      (facts) => {
        empty(facts);
        unweighted(facts);
      },
      'unserved',
      'wrong',
    ],
    ['healthy targets whose listener gives weight to none', unweighted, 'unserved', 'wrong'],
    [
      'one of two listeners gives weight to none',
      ({ slices }) => {
        slices.listeners.push(
          ...slices.listeners.map((listener) => ({
            ...listener,
            arn: `${listener.arn}-tls`,
            port: 443,
            forwards: listener.forwards.map((forward) => ({ ...forward, weight: 0 })),
          })),
        );
      },
      'partly',
      'wrong',
    ],
    ['a rollout whose targets all wait for their first health checks', rolling, 'excused', 'well'],
    [
      'an empty group whose pods leave, with one that was made a minute ago in their place',
      (facts) => {
        empty(facts);
        const { pods, endpointSlices } = facts.slices;
        const [leaving, coming] = pods;
        if (leaving === undefined || coming === undefined) throw new Error('the sample has two pods');
        leaving.metadata.deletionTimestamp = takenAt;
        coming.metadata.creationTimestamp = new Date(Date.parse(takenAt) - 60_000).toISOString();
        for (const { endpoints } of endpointSlices) for (const { conditions } of endpoints) conditions.ready = false;
      },
      'excused',
      'well',
    ],
    ...Object.entries<(facts: Facts) => void>({
      'gives weight to none': unweighted,
      'is not the port of the Service': ({ slices }) => {
        for (const listener of slices.listeners) listener.port = 81;
      },
      'is shut by the rules of the load balancer': ({ slices }) => {
        for (const group of slices.securityGroups) group.rules = group.rules.filter(({ egress }) => egress);
      },
      'is behind a network ACL that admits no one': ({ slices }) => {
        for (const acl of slices.networkAcls) for (const entry of acl.entries) if (!entry.egress) entry.action = 'deny';
        for (const balancer of slices.loadBalancers) balancer.scheme = 'internet-facing';
      },
      'is out of reach of the Internet': withoutInternet(),
      'is of a load balancer without network interfaces': ({ slices }) => {
        slices.networkInterfaces = slices.networkInterfaces.filter(
          ({ interfaceType }) => interfaceType !== 'network_load_balancer',
        );
      },
      'is of a load balancer that failed': ({ slices }) => {
        for (const balancer of slices.loadBalancers) balancer.state = 'failed';
      },
    }).map(([what, change]): [string, (facts: Facts) => void, string, string] => [
      `the same while the listener ${what}`,
      (facts) => {
        rolling(facts);
        change(facts);
      },
      'unserved',
      'wrong',
    ]),
    [
      'the same while one zone of three lacks its route to the Internet',
      (facts) => {
        rolling(facts);
        withoutInternet('subnet-0aaaaaaaaaaaaaa02')(facts);
      },
      'partly',
      'wrong',
    ],
    ['clients of UDP are shut out by the load balancer, those of TCP are not', openTo('tcp'), 'partly', 'wrong'],
    ['clients of both protocols are shut out by the load balancer', openTo(), 'unserved', 'wrong'],
    [
      'target health is refused',
      (facts) => {
        empty(facts);
        facts.gaps.push(gap('targetHealth'));
      },
      'unknown',
      'unread',
    ],
    [
      'an empty group with ready pods whose listeners are refused',
      (facts) => {
        empty(facts);
        facts.slices.listeners = [];
        facts.gaps.push(gap('listeners'));
      },
      'unknown',
      'wrong',
    ],
    ...(['services', 'loadBalancers'] as const).map((slice): [string, (facts: Facts) => void, string, string] => [
      `a group of a controller that no load balancer has any more, where ${slice} are refused`,
      (facts) => {
        const { slices } = facts;
        for (const group of slices.targetGroups)
          Object.assign(group, {
            loadBalancerArns: [],
            tags: { 'elbv2.k8s.aws/cluster': 'shop', 'service.k8s.aws/stack': 'shop/web' },
          });
        for (const target of slices.targetHealth)
          Object.assign(target, { state: 'unused', reason: 'Target.NotInUse', description: '' });
        slices.listeners = [];
        slices[slice] = [];
        facts.gaps.push(gap(slice));
      },
      'unknown',
      'wrong',
    ]),
    [
      'one of two ready endpoints is not registered, and since when it is ready could not be read',
      ({ slices, gaps }) => {
        slices.targetHealth = slices.targetHealth.slice(0, 1);
        slices.pods = [];
        gaps.push(gap('pods'));
      },
      'unknown',
      'unread',
    ],
    [
      'the pods could not be read, and every ready endpoint is registered',
      ({ slices, gaps }) => {
        slices.pods = [];
        gaps.push(gap('pods'));
      },
      'served',
      'unread',
    ],
  ])('%s', (_, change, served, verdict) => {
    const report = changed(change);
    expect(report.groups.map((group) => group.served)).toEqual([served]);
    expect(runVerdict(report)).toBe(verdict);
    if (verdict !== 'well') expect(verdictLine(report)).not.toMatch(/^Nothing wrong$/);
  });

  test('a group that serves nothing is told once, as critical, with what forwards to it and what is ready', () => {
    const report = changed((facts) => {
      empty(facts);
      withoutPods(facts);
      facts.gaps.push(...(['pods', 'endpointSlices', 'workloads'] as const).map(gap));
    });
    const wrong = report.diagnoses.filter(({ verdict }) => verdict !== 'latent');
    expect(wrong).toMatchObject([{ verdict: 'unexplained', severity: 'critical', targets: [] }]);
    expect(
      wrong[0]?.evidence.filter(({ saw }) => /sends all clients to .*, which has no target/.test(saw)),
    ).toHaveLength(1);
  });
});

describe('a report without target groups', () => {
  test('judges nothing where no cluster was seen either', () => {
    const report = reportOf([], 0);
    expect(runVerdict(report)).toBe('unread');
    expect(verdictLine(report)).toMatch(/^Nothing judged: no cluster and no target group in eu-west-1/);
    expect(renderJunit(report)).toContain('tests="1" failures="1"');
  });

  test('judges nothing where the survey was refused', () => {
    const report = reportOf([], 1, [gap('targetGroups' as Gap['slice'])]);
    expect(runVerdict(report)).toBe('unread');
    expect(verdictLine(report)).toMatch(/^Nothing judged/);
  });

  test('is quiet where clusters were read that have no load balancer', () => {
    const report = reportOf([], 2);
    expect(runVerdict(report)).toBe('well');
    expect(verdictLine(report)).toBe('No target group in 2 clusters of eu-west-1');
    expect(renderJunit(report)).toContain('tests="0" failures="0"');
  });

  test('judges nothing where it is the part of a namespace that has none', () => {
    expect(runVerdict({ ...reportOf([], 2), filter: { namespaces: ['shop'] } })).toBe('unread');
  });
});
