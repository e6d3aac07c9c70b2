import { describe, test } from 'vitest';
import { settle } from '../../lab/settle.ts';
import { instanceIdOf } from '../../lab/world/network/node.ts';
import { objectsOf } from '../../lab/world/object.ts';
import { holds } from './known-differences.ts';
import { clusterIn, giveService, type LabScene, labWorld } from './lab-of-record.ts';
import { stateOf } from './node-states.ts';
import { nodes } from './record.ts';

const scene: LabScene = {
  cluster: 'prod',
  release: '3.5.0',
  namespace: 'd-nodes',
  name: 'web',
  annotations: { 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'instance' },
  spec: {
    loadBalancerClass: 'service.k8s.aws/nlb',
    ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', nodePort: 30101 }],
  },
  pods: 2,
};

describe.each(nodes)('%s', (name, isRegistered) => {
  test('the lab registers the node where the controller does', () => {
    const { labels = {}, taints = [], ready, isDeleting, unschedulable } = stateOf(name);
    const before = labWorld(scene);
    giveService(before, scene);
    const world = settle(before);
    const [node] = objectsOf(clusterIn(world), 'Node');
    if (node === undefined) throw new Error('the lab has nodes');
    Object.assign(node.metadata.labels, labels);
    node.spec.taints = [...(node.spec.taints ?? []), ...taints];
    if (unschedulable) node.spec.unschedulable = true;
    if (isDeleting) node.metadata.deletionTimestamp = world.now;
    for (const condition of node.status.conditions ?? [])
      if (condition.type === 'Ready' && ready !== undefined) condition.status = ready;
    const targets = settle(world).targetHealth.filter(({ state }) => state !== 'draining');
    holds(
      { side: 'lab', record: `lbc-3.5.0-nodes/${name}`, aspect: 'registered' },
      targets.some(({ id }) => id === instanceIdOf(node)),
      isRegistered,
    );
  });
});
