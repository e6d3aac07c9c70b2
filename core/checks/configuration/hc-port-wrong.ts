import { check } from '../../diagnosis/check.ts';
import { healthzPort } from '../../kubernetes/kube-proxy.ts';
import { podsAt } from '../../kubernetes/pod.ts';
import { nodePortsOf, serviceOf } from '../../kubernetes/service.ts';
import type { Target } from '../../model/aws.ts';
import type { Pod } from '../../model/kubernetes.ts';
import { probesArrive } from '../../network/health-check-path.ts';
import { formatOutcome, probeOf } from '../../probes/results.ts';
import { isSilent } from '../../probes/silent-targets.ts';

export const hcPortWrong = check({
  id: 'hc-port-wrong',
  kind: 'fault',
  ownerless: true,
  stage: 'configuration',
  severity: 'critical',
  begunBy: ['ModifyTargetGroup'],
  healthCheckMismatch: true,
  title: 'The health check goes to a port on which nothing serves this Service',
  symptom:
    'Every target is unhealthy, although the application works; clients may still be served because the load balancer fails open.',
  why: `The health check has a separate port. On instance targets only a NodePort of the Service or its healthCheckNodePort answers; on
a Service port or container port nothing answers there, while traffic works.`,
  proof: `The health check port is a number that no NodePort of the Service has (instance targets) or differs from the
registered port (ip targets), it does not answer, and the traffic port does. A refused connection confirms it, and so does no answer
if every rule admits the probe.`,
  nearMisses: [
    'A host process or sidecar may serve the health check port: then it answers, or its pod declares the port and a filter blocks it.',
    'Port 10256 is the health server of kube-proxy, which serves every node.',
    'If neither port of ip targets answers, suspect the network or the pods.',
    'No answer proves nothing if no rule admits the prober to the port.',
  ],
  decidedBy: 'one connection to the health check port and one to the traffic port from inside the VPC',
  fix: [
    {
      text: 'Return to the default, which is the traffic port, or the healthCheckNodePort under Local.',
      change: {
        healthCheck: { port: 'traffic-port' },
        annotate: { 'service.beta.kubernetes.io/aws-load-balancer-healthcheck-port': null },
      },
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#healthcheck-port',
  ],
  masks: ['sg-target-missing-health-check-rule'],
  needs: ['services'],
  optional: [
    'probes',
    'pods',
    'networkInterfaces',
    'securityGroups',
    'subnets',
    'networkAcls',
    'routeTables',
    'prefixLists',
  ],
  applies: ({ targetGroup }) => targetGroup.healthCheck.port !== 'traffic-port' && targetGroup.targetType !== 'alb',

  run(group, facts) {
    const { services, probes = [], pods = [] } = facts;
    const service = serviceOf(group, services);
    const isNodePort = group.targetGroup.targetType === 'instance' && service !== undefined;
    const served = service === undefined ? [] : nodePortsOf(service);
    return group.failing.flatMap((target) => {
      const { healthCheckPort } = target;
      if (healthCheckPort === target.port) return [];
      if (isNodePort && [...served, healthzPort].includes(healthCheckPort)) return [];
      const probe = probeOf(probes, target, 'health-check');
      const traffic = probeOf(probes, target, 'traffic-port');
      const isRefused = probe?.outcome.kind === 'refused';
      if (probe !== undefined && !isRefused && !isSilent(probe.outcome)) return [];
      if (!isRefused && isDeclared(target, pods)) return [];
      const isDead = isRefused || (probe !== undefined && probesArrive(target, group, facts));
      const trafficWorks = traffic?.outcome.kind === 'open';
      if (!isNodePort && !(isDead && trafficWorks)) return [];
      return [
        {
          target,
          saw: `health check port ${healthCheckPort}${probe ? `: ${formatOutcome(probe.outcome)}` : ' is no NodePort of the Service'}${traffic ? `; traffic port ${target.port}: ${formatOutcome(traffic.outcome)}` : ''}`,
          expected: isNodePort
            ? `one of ${served.join(', ')}, or traffic-port`
            : 'a port on which the target listens, or traffic-port',
          confidence: isDead && trafficWorks ? ('confirmed' as const) : ('probable' as const),
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
