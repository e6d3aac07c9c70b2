import { check } from '../../diagnosis/check.ts';
import {
  endpointsOf,
  isLeaving,
  isLocal,
  isReady,
  nodeOf,
  serviceOf,
  servicePortOf,
} from '../../kubernetes/service.ts';

export const hcTcpOverrideUnderLocal = check({
  id: 'hc-tcp-override-under-local',
  kind: 'latent',
  shutsTargets: true,
  stage: 'configuration',
  severity: 'low',
  title: 'A TCP check of the healthCheckNodePort reports nodes healthy that drop all traffic',
  symptom: 'Every node is healthy, and clients time out on those without a pod.',
  why: `Under externalTrafficPolicy Local kube-proxy reports by HTTP status whether its node has a ready pod. A TCP check only notices
that kube-proxy listens, which it does on every node: nodes without a pod count as healthy, get their share of connections, and
drop it.`,
  proof: `The Service has the policy Local, the targets are instances, and the health check is a TCP connection to its
healthCheckNodePort. A healthy target on a node without a ready endpoint proves it.`,
  nearMisses: [
    'TCP on the NodePort times out on nodes without a pod, so these are unhealthy, as the policy intends.',
    'The policy Local has no effect on ip targets.',
  ],
  decidedBy: 'kube-proxy’s answer on the healthCheckNodePort of a node without a pod: 503 behind a healthy target',
  fix: [
    {
      text: 'Return to the default under Local, which is HTTP on the healthCheckNodePort.',
      change: {
        healthCheck: { protocol: 'HTTP', path: '/healthz' },
        annotate: { 'service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol': null },
      },
      danger: 'Nodes without a pod turn unhealthy, as intended.',
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#healthcheck-protocol',
    'https://kubernetes.io/docs/tutorials/services/source-ip/',
  ],
  masks: [],
  needs: ['services', 'endpointSlices', 'nodes'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance' && targetGroup.healthCheck.protocol === 'TCP',

  run(group, { services, endpointSlices, nodes }) {
    const service = serviceOf(group, services);
    if (service === undefined || !isLocal(group, service)) return undefined;
    const checked = group.targets.filter(
      ({ healthCheckPort, state }) => state === 'healthy' && healthCheckPort === service.spec.healthCheckNodePort,
    );
    if (checked.length === 0) return [];
    const serving = endpointsOf(service, servicePortOf(group, service), endpointSlices)
      .filter((endpoint) => isReady(endpoint) || isLeaving(endpoint))
      .map(({ nodeName }) => nodeName);
    const expected = 'an HTTP health check of the healthCheckNodePort';
    const hollow = checked.flatMap((target) => {
      const node = nodeOf(target, nodes)?.metadata.name;
      if (node === undefined || serving.includes(node)) return [];
      return [
        { target, saw: `healthy, with no ready endpoint on ${node}`, expected, confidence: 'confirmed' as const },
      ];
    });
    if (hollow.length > 0) return hollow;
    const saw = `TCP on healthCheckNodePort ${service.spec.healthCheckNodePort}; every node has an endpoint that serves now`;
    return [{ saw, expected, confidence: 'probable' as const }];
  },
});
