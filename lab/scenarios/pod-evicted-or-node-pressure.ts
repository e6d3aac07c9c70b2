import { evict, fillDisk } from '../faults/evict.ts';
import { addTwin } from '../faults/scale.ts';
import { leaveUnscheduled } from '../faults/stall.ts';
import { scenario } from '../scenario.ts';
import { objectOf, objectsOf } from '../world/object.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** It may run on one node only, wrote its disk full, and was evicted; its successors find no other node. */
export const podEvictedOrNodePressure = scenario({
  id: 'pod-evicted-or-node-pressure',
  title: 'The node ran out of disk and evicted the pods',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, replicas: 2, nodes: [0] });
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    const [node] = objectsOf(cluster, 'Node');
    if (node === undefined) throw new Error('the cluster has no node');
    fillDisk(world, node);
    const deployment = objectOf(cluster, 'Deployment', place);
    const evicted = podsOf(cluster, deployment);
    const successors = evicted.map((_, index) =>
      addTwin(world, cluster, { deployment, index: 2 + index, ageSeconds: 900, nodes: [0] }),
    );
    for (const pod of evicted) evict(world, cluster, pod);
    for (const pod of successors) {
      leaveUnscheduled(world, cluster, {
        pod,
        message:
          "0/3 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }, 2 node(s) didn't match Pod's node affinity/selector. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
      });
    }
  },
  fixedElsewhere: { 'delete pods': 'a person frees the disk of the node first' },
  expect: { verdict: 'unhealthy', cause: 'pod-evicted-or-node-pressure', targets: { unhealthy: 3 } },
  variants: {
    ip: { place: { targetType: 'ip' }, expect: { targets: { draining: 2 } } },
    local: { place: { targetType: 'instance', externalTrafficPolicy: 'Local' } },
  },
});
