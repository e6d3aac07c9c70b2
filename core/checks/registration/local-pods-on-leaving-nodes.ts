import { check } from '../../diagnosis/check.ts';
import { departureOf } from '../../kubernetes/node.ts';
import { eventsOfNode } from '../../kubernetes/node-events.ts';
import { endpointsOf, isLocal, isReady, nodeOf, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import { workloadsBehind } from '../../kubernetes/workload.ts';
import type { Event, Node } from '../../model/kubernetes.ts';

export const localPodsOnLeavingNodes = check({
  id: 'local-pods-on-leaving-nodes',
  kind: 'fault',
  stage: 'registration',
  severity: 'critical',
  needsChange: false,
  title: 'Under externalTrafficPolicy Local every ready pod runs on a node that is being removed',
  symptom: 'Every target answers 503 or the target group is empty, while the pods run and are ready.',
  why: `Controllers take a node out of target groups as soon as an autoscaler marks it. Its pods go on running until they are evicted, and a
PodDisruptionBudget, an annotation or a full cluster can delay that for hours. Under the policy Local no other node forwards to
them, so that no client is served meanwhile.`,
  proof: `The policy is Local, the targets are instances, the Service has ready endpoints, and each of them is on a node that carries the taint of
the Cluster Autoscaler or of Karpenter, or whose Node object is being deleted, and that is not registered or is draining.`,
  nearMisses: [
    'A ready pod on a node that stays: that node serves, and the others are `etp-local-no-local-pod`.',
    'Under the policy Cluster the nodes that stay forward to these pods.',
    'A label that keeps the nodes out: `node-excluded-by-label`.',
    'A node that leaves and is still registered serves until it is deregistered: `node-being-removed`.',
  ],
  decidedBy: 'the taint of the node, and what delays the eviction of its pods',
  fix: [
    {
      text: 'Start a pod on a node that stays: it serves as soon as it is ready.',
      change: { restart: { object: '{workload}', in: '{namespace}' } },
      danger: 'With maxUnavailable above 0 running pods end before new ones are ready.',
      when: 'workload',
    },
    {
      text: 'Find out what delays the eviction, usually a PodDisruptionBudget that allows none.',
      look: { kubectl: 'get poddisruptionbudgets', in: '{namespace}' },
    },
    {
      text: 'See since when and why the node leaves.',
      look: { kubectl: 'describe node {node}' },
    },
    {
      text: 'To prevent it, spread the pods over nodes with topologySpreadConstraints, or use the policy Cluster or ip targets.',
    },
  ],
  links: [
    'https://karpenter.sh/docs/concepts/disruption/',
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  ],
  masks: ['node-being-removed', 'ready-endpoints-not-registered'],
  needs: ['services', 'nodes', 'endpointSlices'],
  optional: ['events', 'workloads'],
  applies: ({ targetGroup, owner }) => targetGroup.targetType === 'instance' && owner !== undefined,

  run(group, { services, nodes, endpointSlices, events = [], workloads = [] }) {
    const service = serviceOf(group, services);
    if (service === undefined || !isLocal(group, service)) return undefined;
    const ready = endpointsOf(service, servicePortOf(group, service), endpointSlices).filter(isReady);
    const busy = nodes.filter(({ metadata }) => ready.some(({ nodeName }) => nodeName === metadata.name));
    const [first] = busy;
    if (first === undefined || busy.length < new Set(ready.map(({ nodeName }) => nodeName)).size) return [];
    const serving = group.targets.filter(({ state }) => state !== 'draining').map((each) => nodeOf(each, nodes));
    const isGone = (node: Node) => departureOf(node, undefined) !== undefined && !serving.includes(node);
    if (!busy.every(isGone)) return [];
    const said = busy.flatMap((node) => eventsOfNode(events, node.metadata.name)).find(isAboutDisruption);
    const deployment = workloadsBehind(service, workloads).find(({ kind }) => kind === 'Deployment');
    const evidence = {
      saw: [
        `${ready.length} ready endpoint${ready.length === 1 ? '' : 's'}, all on nodes that leave: ${busy.map(formatLeaving).join(', ')}`,
        ...(said === undefined ? [] : [`${said.reason}: ${said.note}`]),
      ].join('; '),
      expected: 'a ready pod on a node that is a target',
      confidence: 'confirmed' as const,
      values: {
        node: first.metadata.name,
        ...(deployment && { workload: `deployment/${deployment.metadata.name}` }),
      },
    };
    return group.failing.length === 0 ? [evidence] : group.failing.map((target) => ({ target, ...evidence }));
  },
});

const formatLeaving = (node: Node): string => `${node.metadata.name} (${departureOf(node, undefined)?.sign})`;

/** What Karpenter says of a node that it may not empty (Karpenter, "Disruption"). */
const isAboutDisruption = ({ reason }: Event): boolean => /Disrupt|Evict|Drain/.test(reason);
