import { removeCheckpoint } from '../../../lab/controller/checkpoint.ts';
import { modifyTargetGroups } from '../../../lab/faults/modify-target-group.ts';
import { settle } from '../../../lab/settle.ts';
import { clusterOf } from '../../../lab/world/cluster.ts';
import { objectsOf } from '../../../lab/world/object.ts';
import type { World } from '../../../lab/world/world.ts';
import type { Step } from './cases.ts';
import { isClientRule } from './client-rule.ts';
import { giveShape } from './mirror.ts';

/** The step in the lab, and what follows from it there. */
export function simulate(before: World, name: string, step: Step): World {
  const world = structuredClone(before);
  const cluster = clusterOf(world, 'shop');
  if ('change' in step) giveShape(world, name, step.change);
  if ('setByHand' in step) {
    modifyTargetGroups(world, cluster, { place: { namespace: 'live', name }, healthCheck: step.setByHand });
    // Nothing tells the controller.
    return world;
  }
  if ('revokeRules' in step) {
    for (const group of world.securityGroups) {
      group.rules = group.rules.filter(({ description = '' }) => !isClientRule(description));
    }
    return world;
  }
  if ('deregister' in step) {
    world.registrations = (world.registrations ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(1);
    return world;
  }
  if ('forgetCheckpoint' in step) {
    for (const binding of objectsOf(cluster, 'TargetGroupBinding')) removeCheckpoint(binding);
  }
  if ('labelNode' in step) {
    const [node] = objectsOf(cluster, 'Node');
    if (node !== undefined) node.metadata.labels[step.labelNode] = '';
  }
  if ('delete' in step) {
    cluster.objects = cluster.objects.filter(({ kind, metadata }) => kind !== 'Service' || metadata.name !== name);
  }
  return settle(world);
}
