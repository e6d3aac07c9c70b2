import { check } from '../../diagnosis/check.ts';
import { endpointSlicesOf, isReady, nameOf, serviceOf } from '../../kubernetes/service.ts';

export const serviceWithoutEndpoints = check({
  id: 'service-without-endpoints',
  kind: 'fault',
  stage: 'workload',
  severity: 'critical',
  needsChange: true,
  title: 'The Service has no selector, and nothing gives it a ready endpoint',
  symptom: 'The ip target group is empty, or every node is unhealthy, and no pod seems to belong to the Service.',
  why: `Kubernetes writes endpoints only for a Service with a selector. Without one, an operator or a person has to write them, and a Service of
type ExternalName never has any: it is a name in DNS. A load balancer then has no address to register, and kube-proxy nothing to forward to.`,
  proof: `The Service has no selector or is of type ExternalName, its EndpointSlices were read, and none of them holds a ready
endpoint.`,
  nearMisses: [
    'An EndpointSlice that an operator or Cilium wrote holds a ready endpoint: the Service is served from there.',
    'A Service with a selector that matches nothing: `svc-selector-matches-no-pods`.',
    'Endpoints that are ready and not registered: `ready-endpoints-not-registered`.',
  ],
  decidedBy: 'who is meant to write the endpoints of this Service',
  fix: [
    {
      text: 'Give the Service a selector, so that Kubernetes keeps its endpoints, or find out what should write them.',
      look: {
        kubectl: 'get endpointslices --selector kubernetes.io/service-name={service} --output yaml',
        in: '{namespace}',
      },
      when: 'selectorless',
    },
    {
      text: 'A Service of type ExternalName cannot be behind a load balancer: bind the target group to the Service that it stands for, or make this one ClusterIP with a selector.',
      look: { kubectl: 'get service {service} --output yaml', in: '{namespace}' },
      when: 'external',
    },
  ],
  links: [
    'https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors',
    'https://kubernetes.io/docs/concepts/services-networking/service/#externalname',
  ],
  masks: ['etp-local-no-ready-endpoint-anywhere'],
  needs: ['services', 'endpointSlices'],

  run(group, { services, endpointSlices }) {
    const service = serviceOf(group, services);
    if (service === undefined) return undefined;
    const isExternal = service.spec.type === 'ExternalName';
    if (!isExternal && Object.keys(service.spec.selector).length > 0) return undefined;
    const endpoints = endpointSlicesOf(service, endpointSlices).flatMap((slice) => slice.endpoints);
    if (!isExternal && endpoints.some(isReady)) return [];
    return [
      {
        saw: isExternal
          ? `${nameOf(service)} is of type ExternalName, which has no endpoints`
          : `${nameOf(service)} has no selector, and ${writeEndpoints(endpoints.length)}`,
        expected: 'a ready endpoint in an EndpointSlice of the Service',
        confidence: 'confirmed' as const,
        values: isExternal ? { external: 'yes' } : { selectorless: 'yes' },
      },
    ];
  },
});

const writeEndpoints = (count: number): string =>
  count === 0 ? 'no EndpointSlice gives it an endpoint' : `none of its ${count} endpoints is ready`;
