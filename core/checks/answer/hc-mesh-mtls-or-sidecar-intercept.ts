import { check } from '../../diagnosis/check.ts';
import { exemptionOf, meshProxyOf } from '../../kubernetes/mesh.ts';
import { isPodReady, isServing, podsAt } from '../../kubernetes/pod.ts';
import { checkedPortOf, nameOf, podsOf, serviceOf, targetPortIn } from '../../kubernetes/service.ts';
import { workloadsBehind } from '../../kubernetes/workload.ts';
import type { Target } from '../../model/aws.ts';
import type { Pod, Service, Workload } from '../../model/kubernetes.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { badAnswer, formatOutcome, formatRequest, probeOf } from '../../probes/results.ts';

export const hcMeshMtlsOrSidecarIntercept = check({
  id: 'hc-mesh-mtls-or-sidecar-intercept',
  kind: 'fault',
  stage: 'answer',
  severity: 'critical',
  healthCheckMismatch: true,
  title: 'The service mesh proxy in the pod refuses the health check',
  symptom:
    'Targets with a mesh sidecar reset HTTP health checks, while the kubelet finds the pods ready and a TCP check would pass.',
  why: `A mesh proxy takes every connection to the pod. Where the mesh allows only mutual TLS it resets the load balancer's plain
HTTP check. The kubelet's readiness probe still passes, because the mesh rewrites it to a port of the proxy; the load balancer's
check is not rewritten.`,
  proof: `The pod is ready and runs a mesh proxy, the connection opens, and the request of the HTTP or HTTPS health check is
reset; no other scheme or header is answered either. Whether the mesh is strict cannot be read, so it stays probable.`,
  nearMisses: [
    'The same reset without a mesh proxy in the pod, or from a gateway of the mesh: `hc-http-on-non-http-server`.',
    'While a proxy starts or drains, the port may be open with nothing behind it: a pod that is not ready does not count.',
  ],
  decidedBy:
    'the PeerAuthentication (or the like) that applies to the pod: kubectl get peerauthentication --all-namespaces',
  fix: [
    {
      text: 'Allow plain connections to the health-check port: set PERMISSIVE mode for this port, or exclude the port from the proxy.',
      change: {
        patch: { spec: { template: { metadata: { annotations: { '{exemption}': '{port}' } } } } },
        on: { object: '{workload}', in: '{namespace}' },
      },
      danger:
        'It replaces ports already listed there. Traffic on that port is then neither encrypted nor authorized by the mesh.',
    },
    {
      text: 'Or, where every client is in the mesh too, check only that the port accepts connections: others stay shut out.',
      change: { healthCheck: { protocol: 'TCP' } },
      danger: 'The proxy accepts connections even when the application does not.',
    },
  ],
  links: [
    'https://istio.io/latest/docs/ops/configuration/mesh/app-health-check/',
    'https://github.com/istio/istio/issues/53786',
  ],
  masks: ['hc-http-on-non-http-server'],
  needs: ['services', 'pods', 'probes'],
  optional: ['workloads'],
  applies: ({ targetGroup }) => targetGroup.healthCheck.protocol !== 'TCP',

  run(group, { services, pods, probes, workloads = [] }) {
    const service = serviceOf(group, services);
    if (service === undefined) return undefined;
    const workload = workloadOf(service, workloads);
    const ready = podsOf(service, pods).filter((pod) => isServing(pod) && isPodReady(pod));
    return group.failing.flatMap((target) => {
      const probe = badAnswer(probes, target, group.targetGroup);
      if (probe?.outcome.kind !== 'reset' || probe.outcome.phase === 'connect') return [];
      const others = (['other-scheme', 'with-proxy-header', 'without-proxy-header'] as const).flatMap(
        (purpose) => probeOf(probes, target, purpose) ?? [],
      );
      if (others.some(({ outcome }) => outcome.kind === 'http')) return [];
      const behind = group.targetGroup.targetType === 'ip' ? podsAt(target.id, ready) : ready;
      const [pod] = behind;
      const proxy = pod && meshProxyOf(pod);
      if (pod === undefined || proxy === undefined || !behind.every((each) => meshProxyOf(each) !== undefined))
        return [];
      return [
        {
          target,
          saw: `${formatRequest(probe)}: ${formatOutcome(probe.outcome)}; ${nameOf(pod)} is ready and runs ${proxy}`,
          expected: 'an answer to a connection from outside the mesh',
          confidence: 'probable' as const,
          values: {
            ...(workload && { workload: `${workload.kind.toLowerCase()}/${workload.metadata.name}` }),
            port: checkedPort(pod, target, { group, service }),
            exemption: exemptionOf(proxy),
          },
        },
      ];
    });
  },
});

/** The port of the pod that the health check arrives at; behind instance targets the one that the NodePort leads to. */
function checkedPort(pod: Pod, target: Target, { group, service }: { group: TargetGroupContext; service: Service }) {
  if (group.targetGroup.targetType === 'ip') return target.healthCheckPort;
  const port = checkedPortOf(target, group, service);
  return (port && targetPortIn(pod, port)) ?? target.healthCheckPort;
}

const workloadOf = (service: Service, workloads: Workload[]): Workload | undefined =>
  workloadsBehind(service, workloads).find(({ kind }) => kind !== 'ReplicaSet');
