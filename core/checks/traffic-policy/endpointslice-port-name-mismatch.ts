import { check } from '../../diagnosis/check.ts';
import { endpointSlicesOf, isReady, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import type { EndpointSlice, Service } from '../../model/kubernetes.ts';

const controller = 'endpointslice-controller.k8s.io';

export const endpointslicePortNameMismatch = check({
  id: 'endpointslice-port-name-mismatch',
  kind: 'fault',
  stage: 'traffic-policy',
  severity: 'critical',
  title: 'The port name in the EndpointSlices differs from the one in the Service',
  symptom: 'The target group is empty although EndpointSlices written by hand or by a mirror list ready addresses.',
  why: `Endpoints belong to a Service port through the name of the port. EndpointSlices that are written by hand or mirrored keep the name
that they were given; if the name of the Service port differs, their addresses are not used.`,
  proof: `The Service has EndpointSlices that Kubernetes itself does not manage, they hold ready addresses, and none of them has a port with
the name of the Service port.`,
  nearMisses: [
    'A port without a name has the empty name on both sides.',
    'Slices that Kubernetes writes lack a port when a pod does not declare it: `named-target-port-not-found`.',
  ],
  decidedBy: 'the port names on both sides: kubectl get endpointslices --output yaml',
  fix: [
    {
      text: 'Give the port of the EndpointSlice the name that the Service uses.',
      change: {
        patch: [{ op: 'replace', path: '/ports/{index}/name', value: '{portName}' }],
        type: 'json',
        on: { object: 'endpointslice {slice}', in: '{namespace}' },
      },
      danger:
        'The writer of the slice may undo it. A mirrored slice follows the Endpoints object of the Service: rename the port there.',
      disturbs: 'New connections to this port of the Service: they reach its endpoints again.',
    },
  ],
  links: ['https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors'],
  masks: ['etp-local-no-ready-endpoint-anywhere'],
  needs: ['services', 'endpointSlices'],

  run(group, { services, endpointSlices }) {
    const service = serviceOf(group, services);
    const port = service && servicePortOf(group, service);
    if (service === undefined || port === undefined) return undefined;
    const own = endpointSlicesOf(service, endpointSlices);
    const foreign = own.filter((slice) => isForeign(slice, service) && slice.endpoints.some(isReady));
    const wanted = port.name ?? '';
    const [first] = foreign;
    if (first === undefined || own.some(({ ports }) => ports.some(({ name }) => (name ?? '') === wanted))) return [];
    const addresses = foreign.flatMap(({ endpoints }) => endpoints.filter(isReady)).length;
    const names = [...new Set(foreign.flatMap(({ ports }) => ports.map(({ name }) => quoted(name))))];
    return [
      {
        saw: `${addresses} ready addresses in ${first.metadata.name} are for port ${names.length === 0 ? 'none' : names.join(', ')}; the Service names its port ${quoted(wanted)}`,
        expected: `an EndpointSlice with a port named ${quoted(wanted)}`,
        confidence: 'confirmed' as const,
        values: {
          slice: first.metadata.name,
          portName: wanted,
          index: Math.max(
            0,
            first.ports.findIndex(({ port: number }) => number === port.targetPort),
          ),
        },
      },
    ];
  },
});

/** Written by somebody else: the label says so, or there is no selector from which Kubernetes could have written it. */
function isForeign({ metadata }: EndpointSlice, service: Service): boolean {
  const manager = metadata.labels['endpointslice.kubernetes.io/managed-by'];
  return manager === undefined ? Object.keys(service.spec.selector).length === 0 : manager !== controller;
}

const quoted = (name: string | undefined): string => `"${name ?? ''}"`;
