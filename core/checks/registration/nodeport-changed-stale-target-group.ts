import { check } from '../../diagnosis/check.ts';
import { nodeOf, nodePortsOf, serviceOf } from '../../kubernetes/service.ts';
import { answersWell, formatOutcome, probeOf } from '../../probes/results.ts';

export const nodeportChangedStaleTargetGroup = check({
  id: 'nodeport-changed-stale-target-group',
  kind: 'fault',
  stage: 'registration',
  severity: 'critical',
  driftSymptom: true,
  title: 'The targets are registered on a NodePort that the Service no longer has',
  symptom: 'Every target is unhealthy since the Service was made anew or its NodePorts were changed.',
  why: `A Service that is made anew gets new NodePorts, and an edit can change them. Targets registered on the old port lead to a port
of the node on which nobody listens any more, until a controller registers them anew, which nobody does for groups made by hand.`,
  proof: `The node of the target belongs to the cluster, and neither its registered port nor the port of its health check is a NodePort or
the healthCheckNodePort of the Service. A refused health check confirms it.`,
  nearMisses: [
    'A health check port of its own that the health check alone uses is `hc-port-wrong`.',
    'A process on the host may rightly serve the registered port: then it answers.',
    'An instance that is no node of the cluster any more is `stale-targets-not-deregistered`.',
  ],
  decidedBy: 'one connection to the registered port and one to the present NodePort of a node',
  fix: [
    {
      text: 'For a target group made by hand, give the Service the port that is registered, and keep it by writing it into the manifest.',
      command: `kubectl --namespace {namespace} patch service {service} --type json --patch '[{"op":"replace","path":"/spec/ports/{index}/nodePort","value":{registered}}]'`,
      danger: 'Fails when another Service has the port by now; clients that use the present NodePort directly lose it.',
    },
    {
      text: 'For a target group of a controller, find out why it does not reconcile, and let it register the new port.',
      command: 'kubectl --namespace {namespace} describe service {service}',
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
  ],
  needs: ['services', 'nodes'],
  optional: ['probes'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, nodes, probes }) {
    const service = serviceOf(group, services);
    const present = service?.spec.ports.flatMap(({ nodePort }) => nodePort ?? []) ?? [];
    if (service === undefined || present.length === 0) return [];
    const open = nodePortsOf(service);
    // Controllers give a listener the port of the Service, and so do most people.
    const wanted = group.owner?.servicePort ?? String(group.listeners[0]?.port);
    const found = service.spec.ports.findIndex(({ name, port }) => [name, String(port)].includes(wanted));
    const index = service.spec.ports.length === 1 ? 0 : found;
    return group.failing.flatMap((target) => {
      if (present.includes(target.port) || open.includes(target.healthCheckPort)) return [];
      const asked = probeOf(probes ?? [], target, 'health-check');
      if (nodeOf(target, nodes) === undefined || (asked && answersWell(asked, group.targetGroup))) return [];
      return [
        {
          target,
          saw: `registered on ${target.port}${asked === undefined ? '' : ` (${formatOutcome(asked.outcome)})`}; NodePorts of the Service: ${present.join(', ')}`,
          expected: `a target on ${present.join(' or ')}`,
          confidence: asked?.outcome.kind === 'refused' ? ('confirmed' as const) : ('probable' as const),
          values: { registered: target.port, ...(index >= 0 && { index }) },
        },
      ];
    });
  },
});
