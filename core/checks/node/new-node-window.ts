import { check } from '../../diagnosis/check.ts';
import { kubeProxyPodOn } from '../../kubernetes/kube-proxy.ts';
import { isPodReady, secondsSince } from '../../kubernetes/pod.ts';
import { endpointsOf, isLocal, isReady, nodeOf, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import type { Target } from '../../model/aws.ts';
import type { Pod } from '../../model/kubernetes.ts';

/** Seconds that a node may take to program its rules and to pass its first checks. */
const window = 300;

export const newNodeWindow = check({
  id: 'new-node-window',
  kind: 'expected',
  stage: 'node',
  severity: 'info',
  title: 'The node joined minutes ago and is not yet able to serve',
  symptom: 'A node that joined minutes ago is `initial` or unhealthy, the older ones are healthy.',
  why: `A new node is registered as soon as it is Ready, while kube-proxy may still be starting there. Until its rules are written and the
first health checks have passed, the target is initial or unhealthy.`,
  proof: `The Node object is younger than ${window / 60} minutes, another target of the group is healthy, and no older node fails that
should not; or kube-proxy is still being started there and runs on another node, whatever older nodes fail for.`,
  nearMisses: [
    'Under externalTrafficPolicy Local a node without a pod of the Service stays unhealthy, whatever its age: `etp-local-no-local-pod`.',
    'If older nodes fail too, the age of this one is not the cause, unless kube-proxy is still being started there.',
    'A kube-proxy that cannot start, for example since its image cannot be pulled: `kube-proxy-down`.',
  ],
  decidedBy: 'the same node in the next run',
  fix: [{ text: 'Wait.', look: { kubectl: 'get pods --field-selector spec.nodeName={node}', in: 'kube-system' } }],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html'],
  masks: [],
  needs: ['nodes'],
  optional: ['services', 'endpointSlices', 'pods'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { nodes, services = [], endpointSlices, pods = [] }) {
    const service = serviceOf(group, services);
    const local =
      service && endpointSlices && isLocal(group, service)
        ? endpointsOf(service, servicePortOf(group, service), endpointSlices).filter(isReady)
        : undefined;
    const busy = local && new Set(local.map(({ nodeName }) => nodeName));
    const waiting = group.failing.filter((target) => busy?.has(nodeOf(target, nodes)?.metadata.name) ?? true);
    const proxyOn = (target: Target): Pod | undefined => {
      const node = nodeOf(target, nodes);
      return node && kubeProxyPodOn(node, pods);
    };
    const young = waiting.flatMap((target) => {
      const node = nodeOf(target, nodes);
      const age = secondsSince(node?.metadata.creationTimestamp, group.takenAt);
      return node !== undefined && age < window ? [{ target, node: node.metadata.name, age: Math.round(age) }] : [];
    });
    const isProxied = group.targets.map(proxyOn).some((pod) => pod !== undefined && isPodReady(pod));
    const starting = isProxied ? young.filter(({ target }) => isBeingStarted(proxyOn(target))) : [];
    const isOnlyYoung = young.length === waiting.length && group.nonHealthy.length < group.targets.length;
    return (isOnlyYoung ? young : starting).map((each) => ({
      target: each.target,
      saw: `${each.node} joined ${each.age} s ago${starting.includes(each) ? ', and kube-proxy is being started there' : ''}`,
      expected: `healthy within ${window} s`,
      confidence: 'probable' as const,
      values: { node: each.node },
    }));
  },
});

/** True for a pod whose containers nothing keeps from starting. */
const isBeingStarted = (pod: Pod | undefined): boolean =>
  pod !== undefined &&
  !isPodReady(pod) &&
  pod.status.containerStatuses.every(({ state: { waiting } }) => waiting?.reason === 'ContainerCreating');
