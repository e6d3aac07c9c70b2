import { check } from '../check.ts';
import { probesArrive } from '../path-to-target.ts';
import { probeOf, say } from '../probes.ts';
import { serviceOf } from '../service.ts';
import { isSilent } from '../silence.ts';

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
registered port (ip targets), it does not answer, and the traffic port does.`,
  nearMisses: [
    'A host process or sidecar may rightly serve the health check port: then it answers.',
    'Both ports silent points at the network or at the pods.',
    'Silence tells nothing where no rule admits the prober to the port.',
  ],
  decidedBy: 'one connection to the health check port and one to the traffic port from inside the VPC',
  fix: [
    {
      text: 'Remove the annotation: the default is the traffic port, or the healthCheckNodePort under Local.',
      command:
        'kubectl --namespace {namespace} annotate service {service} service.beta.kubernetes.io/aws-load-balancer-healthcheck-port-',
      verify: 'aws elbv2 describe-target-groups --region {region} --target-group-arns {targetGroup}',
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#healthcheck-port',
  ],
  explains: ['sg-target-missing-health-check-rule'],
  needs: ['services'],
  wants: ['probes', 'networkInterfaces', 'securityGroups', 'subnets', 'networkAcls', 'routeTables', 'prefixLists'],
  applies: ({ targetGroup }) => targetGroup.healthCheck.port !== 'traffic-port',

  run(group, facts) {
    const { services, probes } = facts;
    const service = serviceOf(group, services);
    if (service === undefined) return [];
    const isInstance = group.targetGroup.targetType === 'instance';
    const served = new Set([...service.spec.ports.map(({ nodePort }) => nodePort), service.spec.healthCheckNodePort]);
    return group.unhealthy.flatMap((target) => {
      const { healthCheckPort } = target;
      if (healthCheckPort === target.port || (isInstance && served.has(healthCheckPort))) return [];
      const asked = probeOf(probes ?? [], target, 'health-check');
      const traffic = probeOf(probes ?? [], target, 'traffic-port');
      if (asked !== undefined && !['refused', 'timeout'].includes(asked.outcome.kind)) return [];
      const isDead = asked !== undefined && (!isSilent(asked.outcome) || probesArrive(target, group, facts));
      const isProved = isDead && traffic?.outcome.kind === 'open';
      if (!isInstance && !isProved) return [];
      return [
        {
          target,
          saw: `health check port ${healthCheckPort}${asked ? `: ${say(asked.outcome)}` : ' is no NodePort of the Service'}${traffic ? `; traffic port ${target.port}: ${say(traffic.outcome)}` : ''}`,
          expected: isInstance
            ? `one of ${[...served].filter((port) => port !== undefined).join(', ')}, or traffic-port`
            : `a port on which the pod listens, or traffic-port`,
          confidence: isProved ? ('confirmed' as const) : ('probable' as const),
        },
      ];
    });
  },
});
