import { describe, test } from 'vitest';
import { withoutDetails } from './complaint.ts';
import { healthCheckOf } from './facts-of-record.ts';
import { holds } from './known-differences.ts';
import {
  byPort,
  clusterIn,
  formatAsked,
  giveService,
  isVpcOnce,
  kindOfGroup,
  kindOfRange,
  labWorld,
  madeBy,
} from './lab-of-record.ts';
import { cloudProviderServices, services } from './record.ts';
import { sceneOfCloudProvider, sceneOfService } from './scenes.ts';

/** The addresses of the accounts in which the controllers were recorded. */
const ranges = {
  vpc: ['10.0.0.0/16', '10.20.0.0/16', '127.0.0.0/24'],
  subnets: ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24', '10.20.0.0/20', '10.20.16.0/20', '10.20.32.0/20'],
};

type Groups = (typeof services)[number]['record']['aws']['targetGroups'];
const groupsOf = (groups: Groups) =>
  groups
    .map(({ protocol, port, targetType, healthCheck, attributes, tags, targets }) => ({
      protocol,
      port,
      targetType,
      healthCheck: healthCheckOf(healthCheck),
      attributes,
      tags,
      targets: targets.map(({ id, port: own }) => `${id.startsWith('i-') ? 'node' : 'pod'}:${own}`).toSorted(),
    }))
    .toSorted(byPort);

const kindOfPeer = (from: string): string => (from.includes('/') ? kindOfRange(from, ranges) : kindOfGroup(from));

describe.each(services)('$id', (each) => {
  const { id, record } = each;
  const scene = sceneOfService(each);
  const ask = (aspect: string) => ({ side: 'lab' as const, record: id, aspect });

  test('the lab makes of the Service what the controller made of it', () => {
    const pods = Math.max(
      0,
      ...record.aws.targetGroups.map(({ targetType, targets }) => (targetType === 'ip' ? targets.length : 2)),
    );
    const hasServerIds = record.pods?.some((pod) => pod.hasServerId) ?? false;
    const lab = { ...scene, pods, hasIpv6: each.hasIpv6, hasServerIds };
    const world = labWorld(lab);
    giveService(world, lab);
    const made = madeBy(world);
    holds(ask('target groups'), made.targetGroups, groupsOf(record.aws.targetGroups));
    holds(
      ask('listeners'),
      made.listeners,
      record.aws.loadBalancers
        .flatMap(({ listeners }) => listeners.map(({ protocol, port }) => `${protocol} ${port}`))
        .toSorted(),
    );
    holds(
      ask('security groups'),
      made.groups,
      record.aws.loadBalancers.flatMap(({ securityGroups }) => securityGroups.map(kindOfGroup)).toSorted(),
    );
    holds(
      ask('bindings'),
      made.bindings,
      record.targetGroupBindings.map(({ spec }) => formatAsked(spec.networking?.ingress as never, ranges)).toSorted(),
    );
    holds(
      ask('rules'),
      made.rules,
      record.nodeRules
        .map(({ proto, ports, from }) => `${proto} ${ports} from ${kindOfPeer(from)}`)
        .filter(isVpcOnce)
        .toSorted(),
    );
    holds(
      ask('complaints'),
      made.complaints.map(withoutDetails),
      record.events
        .filter(({ type }) => type === 'Warning')
        .map(({ kind, reason, message }) => withoutDetails(`${kind} ${reason}: ${message}`)),
    );
  });
});

describe.each(cloudProviderServices)('cloud-provider-aws: %s', (name, record) => {
  const scene = sceneOfCloudProvider(name, record);
  const ask = (aspect: string) => ({ side: 'lab' as const, record: `ccm-1.36.2-services/${name}`, aspect });

  test('the lab makes of the Service what the controller made of it', () => {
    const lab = { ...scene, pods: 2 };
    const world = labWorld(lab);
    clusterIn(world).controllerRunning = false;
    giveService(world, lab);
    const made = madeBy(world);
    holds(ask('target groups'), made.targetGroups, groupsOf(record.first.aws.targetGroups));
    holds(
      ask('listeners'),
      made.listeners,
      record.first.aws.loadBalancers
        .flatMap(({ listeners }) => listeners.map(({ protocol, port }) => `${protocol} ${port}`))
        .toSorted(),
    );
    holds(
      ask('complaints'),
      made.complaints.map(withoutDetails),
      record.first.events
        .filter(({ type }) => type === 'Warning')
        .map(({ kind, reason, message }) => withoutDetails(`${kind} ${reason}: ${message}`)),
    );
  });
});
