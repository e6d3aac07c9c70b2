import { check } from '../../diagnosis/check.ts';
import { isServing } from '../../kubernetes/pod.ts';
import {
  endpointsOf,
  isReady,
  nameOf,
  podsOf,
  serviceOf,
  servicePortOf,
  targetPortIn,
} from '../../kubernetes/service.ts';
import { podProbesFor, probeOf } from '../../probes/results.ts';

export const tlsListenerToClosedBackend = check({
  id: 'tls-listener-to-closed-backend',
  kind: 'fault',
  stage: 'answer',
  severity: 'critical',
  title: 'The TLS listener forwards to a port that the gateway in the cluster has not opened',
  symptom:
    'Only the target group behind the TLS listener is unhealthy; its targets refuse connections, those of other ports are healthy.',
  why: `The load balancer ends TLS and forwards to the port that the Service names for 443. Gateways such as Envoy and Istio open a port
only when a listener with a certificate is configured for it in the cluster; without one that port stays closed while the others work.`,
  proof: `A TLS listener forwards to the target group, the traffic port refuses the health check, and the ready pods refuse connections on
the target port. Another port of the same pods that accepts connections confirms it.`,
  nearMisses: [
    'Without a TLS listener it is `container-not-listening-on-target-port`.',
    'If there is no ready endpoint at all, nodes refuse connections too.',
  ],
  decidedBy: 'the ports on which the gateway listens: its configuration dump, or the sockets inside its pod',
  fix: [
    {
      text: 'Since TLS ends at the load balancer, forward the port of the TLS listener to the plain port of the gateway.',
      change: { servicePort: 'targetPort', to: '{plain#}' },
      danger: 'The gateway then receives plain requests; rules that redirect to HTTPS may loop.',
    },
    { text: 'Or configure a listener for port {port} in the gateway.' },
  ],
  links: ['https://github.com/istio/istio/issues/53903', 'https://github.com/istio/istio/issues/48492'],
  masks: ['container-not-listening-on-target-port', 'app-bound-to-loopback', 'hc-port-wrong'],
  needs: ['services', 'pods', 'endpointSlices', 'probes'],
  applies: ({ listeners }) => listeners.some(({ protocol }) => protocol === 'TLS'),

  run(group, { services, pods, endpointSlices, probes }) {
    const service = serviceOf(group, services);
    const port = service && servicePortOf(group, service);
    if (service === undefined || port === undefined) return undefined;
    const listener = group.listeners.find(({ protocol }) => protocol === 'TLS');
    const http = service.spec.ports.find(
      (each) => each !== port && (each.port === 80 || /^http(?!s)/.test(each.name ?? '')),
    );
    const ready = endpointsOf(service, port, endpointSlices).filter(isReady);
    const behind = podsOf(service, pods)
      .filter(isServing)
      .filter(({ status }) =>
        ready.some(({ addresses }) => addresses.some((address) => status.podIPs.includes(address))),
      );
    const answers = podProbesFor(probes, group.targetGroup.arn);
    const closed = behind.filter((pod) =>
      answers.some(
        ({ request, outcome }) =>
          pod.status.podIPs.includes(request.address) &&
          request.port === targetPortIn(pod, port) &&
          outcome.kind === 'refused',
      ),
    );
    return group.failing.flatMap((target) => {
      const probe = probeOf(probes, target, 'health-check');
      const own = closed.filter(
        ({ status }) => group.targetGroup.targetType !== 'ip' || status.podIPs.includes(target.id),
      );
      const [first] = own;
      if (first === undefined || target.healthCheckPort !== target.port || probe?.outcome.kind !== 'refused') return [];
      const number = targetPortIn(first, port) ?? target.port;
      const plain = http && targetPortIn(first, http);
      const open = answers.find(
        ({ request, outcome }) =>
          own.some(({ status }) => status.podIPs.includes(request.address)) &&
          request.port !== number &&
          outcome.kind === 'open',
      )?.request.port;
      return [
        {
          target,
          saw: `${own.map(nameOf).join(', ')}: port ${number} refuses connections${open === undefined ? '' : `, port ${open} accepts them`}; the listener on ${listener?.port} is TLS`,
          expected: `a gateway that listens on ${number}`,
          confidence: open === undefined ? ('probable' as const) : ('confirmed' as const),
          values: {
            port: number,
            index: service.spec.ports.indexOf(port),
            ...(plain !== undefined && { plain }),
          },
        },
      ];
    });
  },
});
