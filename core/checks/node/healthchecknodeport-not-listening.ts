import { check } from '../../diagnosis/check.ts';
import { isKubeProxyUp } from '../../kubernetes/kube-proxy.ts';
import { eventsAbout } from '../../kubernetes/pod.ts';
import { isLocal, nodeOf, serviceOf } from '../../kubernetes/service.ts';
import { probeOf } from '../../probes/results.ts';

/** Seconds that kube-proxy may take to open the port of a new Service. */
const settling = 60;

export const healthchecknodeportNotListening = check({
  id: 'healthchecknodeport-not-listening',
  kind: 'fault',
  stage: 'node',
  severity: 'critical',
  title: 'kube-proxy has not opened the healthCheckNodePort of the Service',
  symptom: 'Some or all nodes refuse the health check on the healthCheckNodePort while kube-proxy is ready.',
  why: `Under the policy Local the health check goes to a port that kube-proxy opens on every node for this Service alone. When another
process on the node uses that port, kube-proxy writes an event and continues without it: the health check is refused.`,
  proof: `The policy is Local, the healthCheckNodePort refuses connections, and kube-proxy runs on the node: its pod is ready or, where it is a process of the system, its
health server answers. The event
FailedToStartServiceHealthcheck of the Service that names the node confirms it.`,
  nearMisses: [
    'There is no ready kube-proxy on the node: `kube-proxy-down`.',
    'The Service was created seconds ago.',
    'No answer at all, instead of a refusal, points to security groups.',
  ],
  decidedBy: "the Service's event FailedToStartServiceHealthcheck, and what listens on the port of the node: ss -ltnp",
  fix: [
    {
      text: 'Find out which process on the node uses the port, and move it out of the NodePort range.',
      change: { debugNode: "dnf install --quiet --assumeyes iproute; ss -ltnp 'sport = :{port}'" },
    },
    {
      text: 'Or give the Service another healthCheckNodePort. The field cannot be changed: delete and create the Service again. A new Service gets a new load balancer with another host name, unless its load balancer has a fixed name.',
      look: { kubectl: 'get service {service} -o yaml', in: '{namespace}' },
    },
  ],
  links: [
    'https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/#preserving-the-client-source-ip',
  ],
  masks: [],
  needs: ['services', 'nodes', 'pods', 'probes'],
  optional: ['events'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, nodes, pods, probes, events }) {
    const service = serviceOf(group, services);
    const port = service?.spec.healthCheckNodePort;
    if (service === undefined || port === undefined || !isLocal(group, service)) return undefined;
    if (Date.parse(group.takenAt) - Date.parse(service.metadata.creationTimestamp) < settling * 1000) return [];
    const failures = eventsAbout(events ?? [], 'Service', service).filter(
      ({ reason }) => reason === 'FailedToStartServiceHealthcheck',
    );
    return group.failing.flatMap((target) => {
      const node = nodeOf(target, nodes);
      const probe = probeOf(probes, target, 'kube-proxy');
      if (probe?.outcome.kind !== 'refused' || target.healthCheckPort !== port) return [];
      if (!isKubeProxyUp(node, pods, probeOf(probes, target, 'kube-proxy-healthz'))) return [];
      const event = failures.find(({ note }) => note.includes(node?.metadata.name ?? ''));
      return [
        {
          target,
          saw: `port ${port} refuses connections while kube-proxy is ready on ${node?.metadata.name}${event === undefined ? '' : `; event ${event.reason}: ${event.note}`}`,
          expected: `kube-proxy listening on ${port}`,
          confidence: event === undefined ? ('probable' as const) : ('confirmed' as const),
          values: { node: node?.metadata.name ?? '', port },
        },
      ];
    });
  },
});
