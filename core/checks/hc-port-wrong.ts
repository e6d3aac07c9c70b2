import type { Target } from '../aws.ts';
import { check } from '../check.ts';
import type { Pod } from '../kubernetes.ts';
import { podsAt } from '../pod.ts';
import { probeOf, say } from '../probes.ts';
import { serviceOf } from '../service.ts';

/** kube-proxy's own health server, `healthzBindAddress` by default. */
const healthzPort = 10256;

export const hcPortWrong = check({
  id: 'hc-port-wrong',
  kind: 'fault',
  stage: 'configuration',
  severity: 'critical',
  title: 'The health check asks a port on which nothing serves this Service',
  symptom: 'Every target is unhealthy, while clients would be served, or are since the load balancer fails open.',
  why: `The check's port is set apart from the traffic port. Behind instance targets only a NodePort of the Service or its
healthCheckNodePort answers; a Service port or container port written there reaches nobody, while traffic works.`,
  proof: `The health check port is a number that no NodePort of the Service has (instance targets) or differs from the
registered port (ip targets), it does not answer, and the traffic port does. A refused connection confirms it; without any answer a
filter may be in the way.`,
  nearMisses: [
    'A host process or sidecar may rightly serve the health check port: then it answers, or its pod declares the port and a filter is in the way.',
    'Port 10256 is the health server of kube-proxy, which serves every node.',
    'Behind ip targets both ports silent points at the network or at the pods.',
  ],
  decidedBy: 'one connection to the health check port and one to the traffic port from inside the VPC',
  fix: [
    {
      text: 'Go back to the default, which is the traffic port, or the healthCheckNodePort under Local.',
      command:
        'kubectl --namespace {namespace} annotate service {service} service.beta.kubernetes.io/aws-load-balancer-healthcheck-port-',
      healthCheck: { port: 'traffic-port' },
      verify: 'aws elbv2 describe-target-groups --region {region} --target-group-arns {targetGroup}',
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#healthcheck-port',
  ],
  explains: ['sg-target-missing-health-check-rule'],
  needs: ['services'],
  wants: ['probes', 'pods'],
  applies: ({ targetGroup }) => targetGroup.healthCheck.port !== 'traffic-port' && targetGroup.targetType !== 'alb',

  run(group, { services, probes = [], pods = [] }) {
    const service = serviceOf(group, services);
    const isNodePort = group.targetGroup.targetType === 'instance' && service !== undefined;
    const served = [...(service?.spec.ports ?? []).map(({ nodePort }) => nodePort), service?.spec.healthCheckNodePort];
    return group.unhealthy.flatMap((target) => {
      const { healthCheckPort } = target;
      if (healthCheckPort === target.port) return [];
      if (isNodePort && [...served, healthzPort].includes(healthCheckPort)) return [];
      const asked = probeOf(probes, target, 'health-check');
      const traffic = probeOf(probes, target, 'traffic-port');
      const isRefused = asked?.outcome.kind === 'refused';
      const isSilent = asked?.outcome.kind === 'timeout' && asked.outcome.phase === 'connect';
      if (asked !== undefined && !isRefused && !isSilent) return [];
      if (!isRefused && isDeclared(target, pods)) return [];
      const trafficWorks = traffic?.outcome.kind === 'open';
      if (!isNodePort && !(asked && trafficWorks)) return [];
      return [
        {
          target,
          saw: `health check port ${healthCheckPort}${asked ? `: ${say(asked.outcome)}` : ' is no NodePort of the Service'}${traffic ? `; traffic port ${target.port}: ${say(traffic.outcome)}` : ''}`,
          expected: isNodePort
            ? `one of ${served.filter((port) => port !== undefined).join(', ')}, or traffic-port`
            : 'a port on which the target listens, or traffic-port',
          confidence: isRefused && trafficWorks ? ('confirmed' as const) : ('probable' as const),
        },
      ];
    });
  },
});

/** True where a container says that it serves the health-check port of this target, a pod's address or a node. */
const isDeclared = ({ id, healthCheckPort }: Target, pods: Pod[]): boolean =>
  (id.startsWith('i-') ? pods : podsAt(id, pods)).some(({ spec }) =>
    spec.containers
      .flatMap(({ ports }) => ports)
      .some(({ containerPort, hostPort }) =>
        id.startsWith('i-') && spec.hostNetwork !== true
          ? hostPort === healthCheckPort
          : containerPort === healthCheckPort,
      ),
  );
