import { check } from '../../diagnosis/check.ts';
import { departureOf, isShuttingDown, isStaying } from '../../kubernetes/node.ts';
import { nodeOf } from '../../kubernetes/service.ts';
import type { Instance } from '../../model/aws.ts';
import { areAll, withId } from '../../model/indexed.ts';

/** Minutes in which a node that leaves should be gone. */
const window = 30;

export const nodeBeingRemoved = check({
  id: 'node-being-removed',
  kind: 'expected',
  stage: 'registration',
  severity: 'info',
  begunBy: ['UpdateNodegroupConfig', 'UpdateNodegroupVersion', 'DeleteNodegroup'],
  leaving: true,
  takesNodeDown: true,
  title: 'The node of the target is being removed',
  symptom: 'Targets on a node that is leaving drain or turn unhealthy.',
  why: `Autoscalers, Karpenter and node group updates drain a node and terminate its instance. Until the controller has deregistered it, the
target fails or drains, as expected.`,
  proof: `The node has the taint of the Cluster Autoscaler or of Karpenter, its Node object is being deleted, or its instance shuts
down; if the time is known, this began no more than ${window} minutes ago.`,
  nearMisses: [
    'A node whose removal takes longer is stuck, and is diagnosed like any other.',
    'The instance has stopped: `instance-not-running`.',
    'A cordoned node keeps serving.',
  ],
  decidedBy: 'the same target in the next run: it should be gone',
  fix: [
    {
      text: 'Nothing to fix. To break fewer connections, remove nodes more slowly: use a termination handler, and a deregistration delay that is longer than the longest request.',
    },
  ],
  links: [
    'https://karpenter.sh/docs/concepts/disruption/',
    'https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md',
  ],
  masks: [],
  needs: ['nodes'],
  optional: ['instances'],

  run(group, { nodes, instances }) {
    if (areAll(nodes, isStaying) && areAll(instances ?? [], isKept)) return [];
    return group.nonHealthy.flatMap((target) => {
      const node = nodeOf(target, nodes);
      const departure = node && departureOf(node, withId(instances ?? [], target.id));
      if (node === undefined || departure === undefined) return [];
      const { since, sign } = departure;
      const minutes = since === undefined ? undefined : (Date.parse(group.takenAt) - Date.parse(since)) / 60_000;
      if (minutes !== undefined && minutes > window) return [];
      return [
        {
          target,
          saw: `${node.metadata.name} is leaving: ${sign}${minutes === undefined ? '' : `, since ${Math.max(0, Math.round(minutes))} min`}`,
          expected: `deregistered within ${window} min`,
          // Karpenter's taint carries no date: a node may be stuck with it.
          confidence: minutes === undefined ? ('probable' as const) : ('confirmed' as const),
        },
      ];
    });
  },
});

const isKept = (instance: Instance): boolean => !isShuttingDown(instance);
