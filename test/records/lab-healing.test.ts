import { expect, test } from 'vitest';
import { removeCheckpoint } from '../../lab/controller/checkpoint.ts';
import { settle } from '../../lab/settle.ts';
import { nodeSecurityGroup } from '../../lab/world/cluster.ts';
import { objectsOf } from '../../lab/world/object.ts';
import type { World } from '../../lab/world/world.ts';
import { clusterIn, giveService, type LabScene, labWorld } from './lab-of-record.ts';
import { healing } from './record.ts';

const scene: LabScene = {
  cluster: 'prod',
  release: '3.5.0',
  namespace: 'd-heal',
  name: 'web',
  annotations: { 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'instance' },
  spec: {
    loadBalancerClass: 'service.k8s.aws/nlb',
    ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', nodePort: 30164 }],
  },
  pods: 2,
};

const shared = (world: World) =>
  nodeSecurityGroup(world, clusterIn(world)).rules.filter(({ description }) =>
    description?.startsWith('elbv2.k8s.aws/'),
  );
const registered = ({ targetHealth }: World) => targetHealth.filter(({ state }) => state !== 'draining');

/** What anyone does to a Service so that its controller looks at it. */
function annotated(world: World): World {
  const changed = structuredClone(world);
  giveService(changed, { ...scene, annotations: { ...scene.annotations, touched: 'yes' } });
  return settle(changed);
}

function recorded(step: string) {
  const found = healing.get(step);
  if (found === undefined) throw new Error(`no step ${step}`);
  return found;
}

/** Only whether there is a rule: in the records another binding of the cluster widened its range. */
const expectAsRecorded = (world: World, step: string): void => {
  const { shared: rules, targets } = recorded(step);
  if (rules !== undefined) expect(shared(world).length > 0, `rule after ${step}`).toBe(rules.length > 0);
  if (targets !== undefined) expect(registered(world), `targets after ${step}`).toHaveLength(targets);
};

test('what others removed stays away until the checkpoint of the binding is removed', () => {
  const before = labWorld(scene);
  giveService(before, scene);
  let world = settle(before);
  expectAsRecorded(world, '0');

  const group = nodeSecurityGroup(world, clusterIn(world));
  group.rules = group.rules.filter(({ description }) => !description?.startsWith('elbv2.k8s.aws/'));
  expectAsRecorded(settle(world), '1-rule-revoked');
  world = annotated(world);
  expectAsRecorded(world, '2-annotate-service');

  world.registrations = world.registrations?.slice(1) ?? [];
  world = annotated(world);
  expectAsRecorded(world, '3-one-target-deregistered-and-annotate-service');
  expectAsRecorded(settle(world), '4-controller-restarted');

  for (const binding of objectsOf(clusterIn(world), 'TargetGroupBinding')) removeCheckpoint(binding);
  expectAsRecorded(settle(world), '5-checkpoint-annotation-removed');
});
