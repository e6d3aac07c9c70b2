import { nodeBehind } from '../../kubernetes/node-behind.ts';
import { podsAt, workloadOf } from '../../kubernetes/pod.ts';
import type { Target } from '../../model/aws.ts';
import type { Facts } from '../../model/facts.ts';
import { withId } from '../../model/indexed.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { interfaceOf } from '../../network/interfaces.ts';
import { zoneOf } from '../zones.ts';

/** Something that all failing targets have and no healthy one. */
export interface SharedTrait {
  trait: string;
  value: string;
}

/**
 * What sets the failing targets apart from the healthy ones of their group: one value that all of them have and no healthy
 * target has, or that all of them are younger than every healthy one. Empty without a healthy target, and where
 * something was not read of one of the targets.
 */
export function sharedTraits(failing: Target[], group: TargetGroupContext, facts: Facts): SharedTrait[] {
  const healthy = group.targets.filter(({ state }) => state === 'healthy');
  if (failing.length === 0 || healthy.length === 0) return [];
  const describe = (target: Target) => traitsOf(target, group, facts);
  const [bad, good] = [failing.map(describe), healthy.map(describe)];
  const apart = traits.flatMap((trait): SharedTrait[] => {
    const [value, ...others] = new Set(bad.map((each) => each[trait]));
    if (value === undefined || others.length > 0) return [];
    return good.some((each) => each[trait] === undefined || each[trait] === value) ? [] : [{ trait, value }];
  });
  return [...apart, ...youth(bad, good)];
}

const traits = ['zone', 'subnet', 'node', 'AMI', 'instance type', 'kubelet version', 'OS image', 'workload'] as const;

type Traits = Partial<Record<(typeof traits)[number] | 'since', string | undefined>>;

function traitsOf(target: Target, group: TargetGroupContext, facts: Facts): Traits {
  const { instances, networkInterfaces, pods, nodes } = facts.slices;
  const [pod] = podsAt(target.id, pods);
  const node = nodeBehind(target, { nodes, pods });
  const there = interfaceOf(target, group.targetGroup, networkInterfaces);
  const instance = withId(instances, there?.instanceId ?? target.id);
  return {
    zone: zoneOf(target, instances),
    subnet: there?.subnetId,
    AMI: instance?.imageId,
    'instance type': instance?.type,
    'kubelet version': node?.status.kubeletVersion,
    'OS image': node?.status.osImage,
    // An instance is its node: that distinguishes every target from every other.
    ...(pod && { node: node?.metadata.name, workload: workloadOf(pod) }),
    since: (pod ?? node)?.metadata.creationTimestamp ?? instance?.launchedAt,
  };
}

function youth(bad: Traits[], good: Traits[]): SharedTrait[] {
  const times = (those: Traits[]): number[] => those.map(({ since = '' }) => Date.parse(since));
  const [oldestBad, youngestGood] = [Math.min(...times(bad)), Math.max(...times(good))];
  if (!(oldestBad > youngestGood)) return [];
  return [{ trait: 'age', value: `created after ${new Date(youngestGood).toISOString()}` }];
}
