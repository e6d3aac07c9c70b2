import { check } from '../../diagnosis/check.ts';
import { nodeOf, nodePortsOf, serviceOf } from '../../kubernetes/service.ts';
import { refusedClient } from '../../probes/client-answer.ts';
import { answersWell, formatOutcome, probeOf } from '../../probes/results.ts';

export const nodeportChangedStaleTargetGroup = check({
  id: 'nodeport-changed-stale-target-group',
  kind: 'fault',
  riskWhenHealthy: true,
  clientsWhenHealthy: true,
  stage: 'registration',
  severity: 'critical',
  driftSymptom: true,
  title: 'The targets are registered on a NodePort that the Service no longer has',
  symptom:
    'Every target is unhealthy since the Service was created again or its NodePorts were changed, or is healthy and refuses clients.',
  why: `A Service that is created again gets new NodePorts, and an edit can change them. Targets registered on the old port point to a port
of the node on which nothing listens any more, until a controller registers them again. For target groups created by hand no
controller does this.`,
  proof: `The node of the target belongs to the cluster, and neither its registered port nor the port of its health check is a NodePort or
the healthCheckNodePort of the Service. A refused health check confirms it. Healthy targets, which are checked at another port of the Service,
count where one of them refuses a connection to the registered port.`,
  nearMisses: [
    'Only the port of the health check is wrong: `hc-port-wrong`.',
    'A process on the host may serve the registered port: then it answers.',
    'The instance is no longer a node of the cluster: `stale-targets-not-deregistered`.',
  ],
  decidedBy: 'one connection to the registered port and one to the current NodePort of a node',
  fix: [
    {
      text: 'For a target group created by hand, set the NodePort of the Service to the registered port, and keep it in the manifest.',
      change: { servicePort: 'nodePort', to: '{registered#}' },
      danger: 'Fails if another Service already uses the port; clients that use the current NodePort directly lose it.',
    },
    {
      text: 'For a target group of a controller, find out why it does not reconcile, so that it registers the new port.',
      look: { kubectl: 'describe service {service}', in: '{namespace}' },
    },
  ],
  links: [
    'https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport',
    'https://github.com/istio/istio/issues/35348',
  ],
  masks: [
    'hc-port-wrong',
    'policy-switch-stale-hc',
    'hc-live-config-drift',
    'nodeport-rules-not-programmed',
    'sg-target-missing-health-check-rule',
    'traffic-port-refused',
  ],
  needs: ['services', 'nodes'],
  optional: ['probes'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, nodes, probes = [] }) {
    const service = serviceOf(group, services);
    const present = service?.spec.ports.flatMap(({ nodePort }) => nodePort ?? []) ?? [];
    if (service === undefined || present.length === 0) return [];
    const open = nodePortsOf(service);
    // Controllers give a listener the port of the Service, and so do most people.
    const wanted = group.owner?.servicePort ?? String(group.listeners[0]?.port);
    const found = service.spec.ports.findIndex(({ name, port }) => [name, String(port)].includes(wanted));
    const index = service.spec.ports.length === 1 ? 0 : found;
    const refused = refusedClient(group, probes);
    const shut = group.targets.filter(({ state, port }) => state === 'healthy' && port === refused?.target.port);
    const failing = group.failing.filter(({ healthCheckPort }) => !open.includes(healthCheckPort));
    return [...failing, ...shut].flatMap((target) => {
      if (present.includes(target.port) || nodeOf(target, nodes) === undefined) return [];
      const probe = shut.includes(target) ? refused?.probe : probeOf(probes, target, 'health-check');
      if (probe && answersWell(probe, group.targetGroup)) return [];
      return [
        {
          target,
          saw: `registered on ${target.port}${probe === undefined ? '' : ` (${formatOutcome(probe.outcome)})`}; NodePorts of the Service: ${present.join(', ')}`,
          expected: `a target on ${present.join(' or ')}`,
          confidence: probe?.outcome.kind === 'refused' ? ('confirmed' as const) : ('probable' as const),
          values: { registered: target.port, ...(index >= 0 && { index }) },
        },
      ];
    });
  },
});
