import { describe, expect, test } from 'vitest';
import { lostBackendsOf } from '../../../../core/controllers/deleted/lost-backends.ts';
import type { Facts } from '../../../../core/model/facts.ts';
import type { Inventory } from '../../../../core/model/inventory.ts';
import type { Service, TargetGroupBinding } from '../../../../core/model/kubernetes.ts';
import type { Owner } from '../../../../core/model/owner.ts';
import { sampleOwner as owner, sampleFacts, takenAt, targetGroupArn } from '../../sample-facts.ts';

const hostName = 'k8s-shop-web-0123456789abcdef.elb.eu-west-1.amazonaws.com';
const [account, region, partition] = ['111122223333', 'eu-west-1', 'aws'];
const all = { loadBalancers: [hostName], targetGroups: [targetGroupArn] };
const noOwners: Owner[] = [];

/** The sample's Service of an earlier day, which names its load balancer, and the binding that its controller wrote. */
function published(): Facts['slices'] {
  const { slices } = sampleFacts();
  for (const service of slices.services) {
    service.spec.type = 'LoadBalancer';
    service.spec.loadBalancerClass = 'service.k8s.aws/nlb';
    service.metadata.creationTimestamp = '2026-11-01T00:00:00Z';
    service.status.loadBalancer = [{ hostname: hostName.replace('k8s', 'K8S') }];
  }
  return slices;
}

const binding = (labels: Record<string, string> = { 'service.k8s.aws/stack-name': 'web' }): TargetGroupBinding => ({
  metadata: {
    name: 'k8s-shop-web-0123456789',
    namespace: 'shop',
    uid: '',
    creationTimestamp: '2026-11-01T00:00:00Z',
    labels,
    annotations: {},
    ownerReferences: [],
  },
  spec: { targetGroupARN: targetGroupArn, serviceRef: { name: 'web', port: 80 } },
});

interface Case {
  /** `null` = a list was refused. */
  existing?: Inventory['existing'] | null;
  owners?: Owner[];
  isWhole?: boolean;
  change?(slices: Facts['slices']): void;
}

function lostIn({ existing = all, owners = noOwners, isWhole = true, change = () => {} }: Case) {
  const slices = published();
  change(slices);
  const lost = lostBackendsOf(
    slices,
    { owners, isWhole },
    { account, region, partition, takenAt, ...(existing && { existing }) },
  );
  return lost.map(({ lacks, targetGroupArn: arn }) => [lacks, arn]);
}

const bound = (slices: Facts['slices']): void => {
  slices.targetGroupBindings = [binding()];
};
const noBalancer = { loadBalancers: [], targetGroups: [targetGroupArn] };
const nothing = { loadBalancers: [], targetGroups: [] };
const noGroup = { loadBalancers: [hostName], targetGroups: [] };

const each =
  (change: (service: Service) => void) =>
  ({ services }: Facts['slices']): void =>
    services.forEach(change);

test.each<[string, Case, unknown[]]>([
  ['everything is there', { owners: [owner], change: bound }, []],
  [
    'the load balancer is gone, its target group is left',
    { existing: noBalancer, owners: [owner] },
    [['load-balancer', undefined]],
  ],
  ['both are gone', { existing: nothing }, [['load-balancer', undefined]]],
  [
    'both are gone, and the status names an address too',
    {
      existing: nothing,
      change: each(({ status }) => {
        status.loadBalancer.push({ ip: '203.0.113.7' });
      }),
    },
    [['load-balancer', undefined]],
  ],
  ['both are gone, and a binding is left', { existing: nothing, change: bound }, [['load-balancer', targetGroupArn]]],
  [
    'the target group is gone, and a binding is left',
    { existing: noGroup, change: bound },
    [['target-group', targetGroupArn]],
  ],
  ['no target group is there', { existing: noGroup }, [['target-group', undefined]]],
  ['no owner is known yet of some target groups', { existing: noGroup, isWhole: false }, []],
  ['a list was refused', { existing: null }, []],
])('%s', (_, given, expected) => {
  expect(lostIn(given)).toEqual(expected);
});

test.each<[string, (slices: Facts['slices']) => void]>([
  [
    'a Service that is being deleted',
    each(({ metadata }) => {
      metadata.deletionTimestamp = takenAt;
    }),
  ],
  [
    'a Service made a minute ago',
    each(({ metadata }) => {
      metadata.creationTimestamp = takenAt;
    }),
  ],
  [
    'a Service whose status a controller wrote since the account was read',
    each(({ status }) => {
      status.writtenAt = takenAt;
    }),
  ],
  [
    'a Service of another type',
    each(({ spec }) => {
      spec.type = 'NodePort';
    }),
  ],
  [
    'a Service without an address',
    each(({ status }) => {
      status.loadBalancer = [];
    }),
  ],
  [
    'a name of one’s own',
    each(({ status }) => {
      status.loadBalancer = [{ hostname: 'shop.example.com' }];
    }),
  ],
  [
    'a Classic Load Balancer',
    each(({ status }) => {
      status.loadBalancer = [{ hostname: 'a0123-456789.eu-west-1.elb.amazonaws.com' }];
    }),
  ],
  [
    'another Region',
    each(({ status }) => {
      status.loadBalancer = [{ hostname: hostName.replace('eu-west-1', 'us-east-1') }];
    }),
  ],
])('nothing is missed of %s', (_, change) => {
  expect(lostIn({ existing: nothing, change })).toEqual([]);
});

test('a binding that was made since the account was read is no proof', () => {
  const recent = (slices: Facts['slices']): void => {
    const made = binding();
    made.metadata.creationTimestamp = takenAt;
    slices.targetGroupBindings = [made];
  };
  const owners = [{ ...owner, servicePort: '81' }];
  expect(lostIn({ existing: noGroup, owners, change: bound })).toHaveLength(1);
  expect(lostIn({ existing: noGroup, owners, change: recent })).toEqual([]);
});

test('a binding of somebody’s own, or to another account, is no proof', () => {
  const own = (slices: Facts['slices']): void => {
    slices.targetGroupBindings = [binding({})];
  };
  const foreign = (slices: Facts['slices']): void => {
    const made = binding();
    made.spec.targetGroupARN = targetGroupArn.replace('111122223333', '444455556666');
    slices.targetGroupBindings = [made];
  };
  expect(lostIn({ existing: noGroup, owners: [{ ...owner, servicePort: '81' }], change: own })).toEqual([]);
  expect(lostIn({ existing: noGroup, owners: [{ ...owner, servicePort: '81' }], change: foreign })).toEqual([]);
});

const minutesAgo = (minutes: number): string => new Date(Date.parse(takenAt) - minutes * 60_000).toISOString();

/** A status that names nothing. */
const forgotten =
  (...changes: ((slices: Facts['slices']) => void)[]) =>
  (slices: Facts['slices']): void => {
    for (const { status } of slices.services) status.loadBalancer = [];
    for (const change of changes) change(slices);
  };
const takenUp = each(({ metadata }) => {
  metadata.finalizers = ['service.k8s.aws/resources'];
});
const said =
  (reason: string, lastSeen = minutesAgo(20)) =>
  (slices: Facts['slices']): void => {
    const regarding = { kind: 'Service', namespace: 'shop', name: 'web' };
    slices.events.push({ regarding, reason, note: '', count: 1, lastSeen } as (typeof slices.events)[number]);
  };
/** As cloud-provider-aws serves it. */
const byCloudProvider = each(({ spec, metadata }) => {
  delete spec.loadBalancerClass;
  metadata.annotations = { 'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb' };
  metadata.finalizers = ['service.kubernetes.io/load-balancer-cleanup'];
});

describe('a Service whose status names no address', () => {
  const found = (given: Case) => {
    const slices = published();
    given.change?.(slices);
    const { owners = noOwners, isWhole = true } = given;
    const seen = { account, region, partition, takenAt, existing: nothing };
    return lostBackendsOf(slices, { owners, isWhole }, seen).map(({ lacks, by, hostName: name }) => [lacks, by, name]);
  };

  test.each<[string, (slices: Facts['slices']) => void, string]>([
    ['by the binding that is left', forgotten(bound), 'binding'],
    ['by the binding, before an event', forgotten(bound, takenUp, said('SuccessfullyReconciled')), 'binding'],
    ['by an event of success', forgotten(said('SuccessfullyReconciled')), 'event'],
    ['by the finalizer', forgotten(takenUp), 'finalizer'],
    [
      'by the finalizer, while its controller reports errors',
      forgotten(takenUp, said('FailedDeployModel')),
      'finalizer',
    ],
    ['of cloud-provider-aws by an event', forgotten(byCloudProvider, said('EnsuredLoadBalancer')), 'event'],
    ['of cloud-provider-aws by the finalizer', forgotten(byCloudProvider), 'finalizer'],
  ])('has lost its target group, %s', (_, change, by) => {
    expect(found({ change })).toEqual([['target-group', by, undefined]]);
  });

  test.each<[string, Case]>([
    ['that no controller has taken up', { change: forgotten() }],
    [
      'of a class that no controller takes',
      {
        change: forgotten(
          takenUp,
          each(({ spec }) => {
            spec.loadBalancerClass = 'example.com/other';
          }),
        ),
      },
    ],
    ['with the finalizer of another controller', { change: forgotten(byCloudProvider, takenUp) }],
    [
      'that gets a Classic Load Balancer',
      {
        change: forgotten(
          byCloudProvider,
          each(({ metadata }) => {
            metadata.annotations = {};
          }),
        ),
      },
    ],
    [
      'that was made a moment ago',
      {
        change: forgotten(
          takenUp,
          each(({ metadata }) => {
            metadata.creationTimestamp = minutesAgo(1);
          }),
        ),
      },
    ],
    [
      'that was written a moment ago, perhaps to be of this type',
      {
        change: forgotten(
          takenUp,
          each(({ metadata }) => {
            metadata.writes = [{ manager: 'kubectl', at: minutesAgo(1) }];
          }),
        ),
      },
    ],
    [
      'of which a controller just reported success',
      { change: forgotten(said('SuccessfullyReconciled', minutesAgo(1))) },
    ],
    [
      'of which an earlier one of its name had success',
      { change: forgotten(said('SuccessfullyReconciled', '2026-10-01T00:00:00Z')) },
    ],
    [
      'that is being deleted',
      {
        change: forgotten(
          takenUp,
          each(({ metadata }) => {
            metadata.deletionTimestamp = minutesAgo(20);
          }),
        ),
      },
    ],
    ['that has a target group', { change: forgotten(takenUp), owners: [owner] }],
    ['while owners of some target groups are not known', { change: forgotten(takenUp), isWhole: false }],
  ])('lacks nothing for sure %s', (_, given) => {
    expect(found(given)).toEqual([]);
  });
});
