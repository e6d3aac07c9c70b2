import { affectedBy, affectedByEnded } from '../../diagnosis/affected-targets.ts';
import { check } from '../../diagnosis/check.ts';
import { conditionOf, isPodReady, isServing, podsMadeBy, secondsSince, workloadOf } from '../../kubernetes/pod.ts';
import { nameOf, podsOf } from '../../kubernetes/service.ts';
import type { Evidence } from '../../model/check-result.ts';
import { named } from '../../model/indexed.ts';
import type { Node, Pod } from '../../model/kubernetes.ts';

/** Reasons of a pod that the kubelet ended or refused for the sake of its node. */
const ends = ['Evicted', 'NodeShutdown', 'Terminated', 'UnexpectedAdmissionError'];
const pressures = ['DiskPressure', 'MemoryPressure', 'PIDPressure'];

/** Seconds after which an ended pod is a leftover: nobody deletes the objects of evicted pods. */
const recentSeconds = 3600;

export const podEvictedOrNodePressure = check({
  id: 'pod-evicted-or-node-pressure',
  kind: 'fault',
  stage: 'workload',
  severity: 'critical',
  title: 'Nodes that ran out of resources evicted the pods behind the Service',
  symptom: 'Pods were evicted or killed with their node, and too few are left to serve.',
  why: `When a node runs out of disk, memory or process IDs, its kubelet ends pods and accepts no new ones; a node that shuts down does the
same. If too few pods remain elsewhere, the Service has no endpoint.`,
  proof: `A selected pod ended within the last hour for the reason ${ends.join(', ')}, or can't be placed or become ready on a node with the
condition ${pressures.join(', ')}, and no ready endpoint carries the target. It is confirmed while the node is still under pressure.`,
  nearMisses: [
    'The objects of evicted pods stay after their replacements run: old ones are history.',
    'The nodes were too small for the pod from the start: `pod-unschedulable`.',
    'The node is not Ready at all: `node-not-ready`.',
    'Pods that run and are not ready, on other nodes too: another cause of theirs.',
  ],
  decidedBy: 'the conditions of the node at that time: kubectl describe node',
  fix: [
    {
      text: 'Find out which resource the node lacks and which pods use it, then set requests and limits, clean up, or use larger nodes.',
      look: { kubectl: 'describe node {node}' },
    },
    {
      text: 'Remove the objects of the pods that ended.',
      change: { remove: { object: 'pods', in: '{namespace}', fields: 'status.phase=Failed' } },
      disturbs:
        'Only pods that ended already; their status and events, which show why they ended, are deleted with them.',
    },
  ],
  links: ['https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/'],
  masks: [],
  masksEvery: ['unreadySymptom'],
  unreadySymptom: true,
  needs: ['services', 'pods', 'endpointSlices', 'nodes'],

  run(group, cluster) {
    const { nodes } = cluster;
    const nodeOfPod = (pod: Pod) => named(nodes, undefined, pod.spec.nodeName);
    const isRecent = (pod: Pod) =>
      pod.status.phase === 'Failed' &&
      ends.includes(pod.status.reason ?? '') &&
      (secondsSince(endedAt(pod), group.takenAt) <= recentSeconds || pressureOn(nodeOfPod(pod)) !== undefined) &&
      !podsMadeBy(workloadOf(pod), pod.metadata.namespace, cluster.pods).some((other) => succeeds(other, pod));
    const suffers = (pod: Pod) =>
      !isPodReady(pod) && (pressureOn(nodeOfPod(pod)) !== undefined || pressureTaint(pod) !== undefined);
    const affected = [...affectedByEnded(group, cluster, isRecent), ...affectedBy(group, cluster, suffers)];
    // Where only running pods on such a node are not ready, the pressure is no more than a suspicion.
    const certain = affected.some(({ pod }) => isRecent(pod) || pressureTaint(pod) !== undefined);
    // Pods that are no better on other nodes take it away.
    const isElsewhereToo = affected.some(({ service }) =>
      podsOf(service, cluster.pods).some(
        (pod) => isServing(pod) && !isPodReady(pod) && pressureOn(nodeOfPod(pod)) === undefined,
      ),
    );
    if (!certain && isElsewhereToo) return [];

    return affected.map(({ target, pod }): Evidence => {
      const node = nodeOfPod(pod) ?? nodes.find((each) => pressureOn(each) !== undefined);
      const pressure = pressureOn(node);
      return {
        ...(target && { target }),
        saw: `${nameOf(pod)} ${story(pod)}${pressure === undefined ? '' : `; node ${node?.metadata.name} has ${pressure}`}`,
        expected: 'nodes with enough disk, memory and process IDs for the pods',
        confidence: !certain ? 'possible' : pressure === undefined ? 'probable' : 'confirmed',
        ...(node && { values: { node: node.metadata.name } }),
      };
    });
  },
});

const pressureOn = (node: Node | undefined): string | undefined =>
  node?.status.conditions.find(({ type, status }) => pressures.includes(type) && status === 'True')?.type;

/** The scheduler's words for nodes that take no pods because of such a condition. */
const pressureTaint = (pod: Pod): string | undefined => {
  const scheduled = conditionOf(pod, 'PodScheduled');
  return scheduled?.status === 'False' &&
    /node\.kubernetes\.io\/(disk|memory|pid)-pressure/.test(scheduled.message ?? '')
    ? scheduled.message
    : undefined;
};

const endedAt = (pod: Pod): string | undefined =>
  pod.status.containerStatuses.find(({ state }) => state.terminated?.finishedAt)?.state.terminated?.finishedAt ??
  (conditionOf(pod, 'DisruptionTarget') ?? conditionOf(pod, 'Ready'))?.lastTransitionTime;

/** A pod of the same workload that runs on and began after the other one had ended. */
/** A younger pod of the same workload that runs. */
const succeeds = (other: Pod, pod: Pod): boolean =>
  other.status.phase === 'Running' && Date.parse(other.metadata.creationTimestamp) >= Date.parse(endedAt(pod) ?? '');

function story(pod: Pod): string {
  if (pod.status.phase === 'Failed') {
    const message = pod.status.message === undefined ? '' : `: ${pod.status.message.trim()}`;
    return `ended, ${pod.status.reason}${message}`;
  }
  const taint = pressureTaint(pod);
  return taint === undefined ? 'is not ready' : `has no node: ${taint}`;
}
