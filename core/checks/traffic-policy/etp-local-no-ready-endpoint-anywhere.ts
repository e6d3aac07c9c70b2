import { check } from '../../diagnosis/check.ts';
import { endpointsOf, isLocal, isReady, serviceOf, servicePortOf } from '../../kubernetes/service.ts';

export const etpLocalNoReadyEndpointAnywhere = check({
  id: 'etp-local-no-ready-endpoint-anywhere',
  kind: 'mechanism',
  stage: 'traffic-policy',
  severity: 'critical',
  title: 'Under externalTrafficPolicy Local no node has a ready endpoint',
  symptom: 'Every node is unhealthy, and kube-proxy answers 503 with no local endpoint on each of them.',
  why: `Every node's kube-proxy answers the health check with 503 while no ready endpoint is on its node. If there is none anywhere,
all nodes fail at once; the cause is the missing endpoints, not the policy.`,
  proof:
    'The Service has the policy Local, the targets are instances, and none of its EndpointSlices holds a ready endpoint.',
  nearMisses: ['Some nodes have no pod while others have one: `etp-local-no-local-pod`, which is expected.'],
  decidedBy: 'the reason why no pod is ready',
  fix: [
    {
      text: 'Fix the pods; the nodes then become healthy.',
      look: { kubectl: 'get pods -o wide', in: '{namespace}' },
    },
  ],
  links: ['https://kubernetes.io/docs/tutorials/services/source-ip/'],
  masks: [],
  unreadySymptom: true,
  needs: ['services', 'endpointSlices'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, endpointSlices }) {
    const service = serviceOf(group, services);
    if (service === undefined || !isLocal(group, service) || group.failing.length === 0) return undefined;
    const endpoints = endpointsOf(service, servicePortOf(group, service), endpointSlices);
    if (endpoints.some(isReady)) return [];
    return group.failing.map((target) => ({
      target,
      saw: `0 of ${endpoints.length} endpoints of the Service are ready`,
      expected: 'a ready endpoint on this node, for kube-proxy to answer 200',
      confidence: 'confirmed' as const,
    }));
  },
});
