import { check } from '../../diagnosis/check.ts';
import { isPodReady, podsAt } from '../../kubernetes/pod.ts';
import { nameOf, podsOf, serviceOf } from '../../kubernetes/service.ts';
import type { Evidence } from '../../model/check-result.ts';
import { indexed } from '../../model/indexed.ts';
import type { Pod } from '../../model/kubernetes.ts';
import { isIpv6 } from '../../network/address.ts';
import { ipv4Setting } from '../../probes/listen-address.ts';
import { probeOf, probesTo } from '../../probes/results.ts';

export const appIpFamilyMismatch = check({
  id: 'app-ip-family-mismatch',
  kind: 'fault',
  stage: 'answer',
  severity: 'critical',
  title: 'The application listens on IPv4 only, and the target group reaches it over IPv6',
  symptom: 'The targets of an IPv6 target group are unhealthy while the same pods answer over IPv4.',
  why: `A process that binds 0.0.0.0 accepts no connection over IPv6. The pod is still ready if its probes use IPv4 or run inside the
container, while every health check of an IPv6 target group is refused.`,
  proof: `The target group is for IPv6, the ready pod refuses the health check at its IPv6 address, and accepts connections to the same port at
its IPv4 address. Without an IPv4 address it is probable when a flag or variable makes the process bind an IPv4 address.`,
  nearMisses: [
    'In an EKS cluster of the IPv6 family pods have no IPv4 address to compare with.',
    'Connections refused over both families: `container-not-listening-on-target-port`.',
    'A load balancer or target group of the wrong family: `ip-family-mismatch-lb-vs-target`.',
  ],
  decidedBy: 'the sockets inside the pod: a listener on 0.0.0.0 and none on ::',
  fix: [
    {
      text: 'Make the process listen on :: instead of 0.0.0.0; on Linux it then accepts both families.',
      look: { kubectl: 'describe pod {pod}', in: '{namespace}' },
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-ip-address-type',
    'https://docs.aws.amazon.com/eks/latest/userguide/cni-ipv6.html',
  ],
  masks: ['container-not-listening-on-target-port', 'app-bound-to-loopback'],
  needs: ['services', 'pods', 'probes'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'ip' && targetGroup.ipAddressType === 'ipv6',

  run(group, { services, pods, probes }) {
    const service = serviceOf(group, services);
    if (service === undefined) return undefined;
    const opensOverIpv4 = (pod: Pod, port: number) =>
      pod.status.podIPs.some(
        (address) =>
          !isIpv6(address) &&
          probesTo(probes, address).some(
            ({ purpose, request, outcome }) => purpose === 'pod' && outcome.kind === 'open' && request.port === port,
          ),
      );
    const ready = indexed(podsOf(service, pods).filter(isPodReady));
    return group.failing.flatMap((target): Evidence[] => {
      const [pod] = podsAt(target.id, ready);
      const port = target.healthCheckPort;
      if (pod === undefined || probeOf(probes, target, 'health-check')?.outcome.kind !== 'refused') return [];
      const isOpen = opensOverIpv4(pod, port);
      const hasIpv4 = pod.status.podIPs.some((address) => !isIpv6(address));
      const setting = pod.spec.containers.map((container) => ipv4Setting(container, port)).find((each) => each);
      if (!isOpen && (hasIpv4 || setting === undefined)) return [];
      return [
        {
          target,
          saw: `${nameOf(pod)} refuses connections to ${port} over IPv6${isOpen ? ' and accepts them over IPv4' : ''}${setting === undefined ? '' : `; it is started with ${setting}`}`,
          expected: `a process that listens on ${port} of all addresses, ::`,
          confidence: isOpen ? 'confirmed' : 'probable',
          values: { pod: pod.metadata.name },
        },
      ];
    });
  },
});
