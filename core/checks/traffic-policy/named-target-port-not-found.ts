import { check } from '../../diagnosis/check.ts';
import { isServing } from '../../kubernetes/pod.ts';
import { podsOf, serviceOf, servicePortOf } from '../../kubernetes/service.ts';

export const namedTargetPortNotFound = check({
  id: 'named-target-port-not-found',
  kind: 'fault',
  stage: 'traffic-policy',
  severity: 'critical',
  title: 'The Service targets a port name that no container declares',
  symptom: 'One port of the Service has no endpoints: its target group is empty, or every node refuses.',
  why: `A targetPort given by name is looked up among the ports that the containers of each pod declare. A pod without that name is left out
of the endpoints for this port, even if it is ready, so kube-proxy and the controller have no pod to send to.`,
  proof: `targetPort is a name, the Service selects pods, and no container of them declares a port with that name and protocol.`,
  nearMisses: [
    'During a rollout some pods may declare the name and others not: those that do keep serving.',
    'Port 1 in the target group is how the AWS Load Balancer Controller writes a named port.',
    'A port given as a number need not be declared at all.',
  ],
  decidedBy: 'the ports of the EndpointSlices: kubectl get endpointslices --output yaml',
  fix: [
    {
      text: 'Name the port as the containers declare it, or use its number.',
      change: { servicePort: 'targetPort', to: '{declared#}' },
    },
  ],
  links: ['https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports'],
  masks: ['etp-local-no-ready-endpoint-anywhere'],
  needs: ['services', 'pods'],

  run(group, { services, pods }) {
    const service = serviceOf(group, services);
    const port = service && servicePortOf(group, service);
    if (service === undefined || typeof port?.targetPort !== 'string') return undefined;
    const behind = podsOf(service, pods).filter(isServing);
    const declared = behind.flatMap(({ spec }) =>
      [...spec.containers, ...spec.initContainers].flatMap(({ ports }) => ports),
    );
    const isFound = declared.some(
      ({ name, protocol }) => name === port.targetPort && (protocol ?? 'TCP') === port.protocol,
    );
    if (behind.length === 0 || isFound) return [];
    const names = [...new Set(declared.map(({ name, containerPort }) => `${name ?? 'unnamed'} (${containerPort})`))];
    const fitting = declared.filter(({ protocol }) => (protocol ?? 'TCP') === port.protocol);
    const [number, ...others] = new Set(fitting.map(({ containerPort }) => containerPort));
    return [
      {
        saw: `port ${port.name ?? port.port} of the Service targets the name "${port.targetPort}"; the containers of its ${behind.length} pods declare ${names.length === 0 ? 'no port' : names.join(', ')}`,
        expected: `a container port named "${port.targetPort}", ${port.protocol}`,
        confidence: 'confirmed' as const,
        values: {
          index: service.spec.ports.indexOf(port),
          ...(number !== undefined && others.length === 0 && { declared: number }),
        },
      },
    ];
  },
});
