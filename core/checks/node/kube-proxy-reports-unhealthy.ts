import { check } from '../../diagnosis/check.ts';
import { healthzPort, kubeProxyHealth, saysUnwell } from '../../kubernetes/kube-proxy.ts';
import { departureOf } from '../../kubernetes/node.ts';
import { nodeOf, serviceOf } from '../../kubernetes/service.ts';
import { replacementOf } from '../../kubernetes/service-proxy.ts';
import type { Target } from '../../model/aws.ts';
import { withId } from '../../model/indexed.ts';
import { formatOutcome, probeOf } from '../../probes/results.ts';

export const kubeProxyReportsUnhealthy = check({
  id: 'kube-proxy-reports-unhealthy',
  kind: 'fault',
  stage: 'node',
  severity: 'critical',
  title: 'kube-proxy runs but cannot write its rules, and fails the health check of the node',
  symptom: 'Nodes with ready pods answer the health check with 503.',
  why: `kube-proxy answers the health check itself under the policy Local, and on port 10256. While it cannot bring the rules of the
node up to date it answers 503, even for Services that have ready pods there.`,
  proof: `kube-proxy answers 503 on the healthCheckNodePort although it counts local endpoints; serviceProxyHealthy false, or 503 on
port 10256, confirms it, whatever it counts. If the health check itself goes to port 10256, 503 there is enough.`,
  nearMisses: [
    'Another proxy replaces kube-proxy: `proxy-replacement-conflict`, `health-port-unserved`.',
    '503 with localEndpoints 0 from a working kube-proxy means that it knows of no pod on its node.',
    'On a node that is being removed kube-proxy answers 503 on port 10256 on purpose.',
  ],
  decidedBy: "kube-proxy's answer on port 10256 of the node",
  fix: [
    {
      text: 'Find out what prevents kube-proxy from writing its rules: a lock held by another process, a missing kernel module, an unreachable API server.',
      look: { kubectl: 'logs --selector k8s-app=kube-proxy --tail=50 --prefix', in: 'kube-system' },
    },
    {
      text: 'Restart kube-proxy on the node.',
      change: {
        remove: { object: 'pods', in: 'kube-system', selector: 'k8s-app=kube-proxy', fields: 'spec.nodeName={node}' },
      },
      disturbs: 'New connections to Services of the node follow the old rules until the new pod has written its own.',
      undo: 'Nothing to take back: the DaemonSet starts the pod again.',
    },
  ],
  links: [
    'https://kubernetes.io/docs/reference/command-line-tools-reference/kube-proxy/',
    'https://github.com/kubernetes/kubernetes/issues/101529',
  ],
  masks: ['app-error-status', 'hc-path-wrong-status', 'hc-success-codes-mismatch', 'nodeport-rules-not-programmed'],
  needs: ['services', 'nodes', 'probes'],
  optional: ['instances', 'workloads', 'configMaps'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, nodes, probes, instances, workloads = [], configMaps = [] }) {
    if (replacementOf(workloads, configMaps) !== undefined) return undefined;
    const service = serviceOf(group, services);
    return group.failing.flatMap((target) => {
      const node = nodeOf(target, nodes);
      const isLeaving = node !== undefined && departureOf(node, instanceOf(target)) !== undefined;
      const healthz =
        probeOf(probes, target, 'kube-proxy-healthz') ??
        (target.healthCheckPort === healthzPort ? probeOf(probes, target, 'health-check') : undefined);
      const isUnwell = saysUnwell(healthz) && !isLeaving;
      const evidence = {
        target,
        expected: 'kube-proxy to answer 200',
        values: { node: node?.metadata.name ?? '' },
      };
      if (target.healthCheckPort === healthzPort) {
        if (!isUnwell) return [];
        return [{ ...evidence, saw: 'kube-proxy answers HTTP 503 on port 10256', confidence: 'confirmed' as const }];
      }
      if (target.healthCheckPort !== service?.spec.healthCheckNodePort) return [];
      const probe = probeOf(probes, target, 'kube-proxy') ?? probeOf(probes, target, 'health-check');
      const answer = kubeProxyHealth(probe);
      const isSure = answer?.serviceProxyHealthy === false || isUnwell;
      if (answer?.status !== 503 || (answer.localEndpoints === 0 && !isSure)) return [];
      return [
        {
          ...evidence,
          saw: `kube-proxy counts ${answer.localEndpoints} local endpoint${answer.localEndpoints === 1 ? '' : 's'} and answers HTTP 503${answer.serviceProxyHealthy === false ? ' with serviceProxyHealthy false' : ''}${healthz === undefined ? '' : `; port 10256: ${formatOutcome(healthz.outcome)}`}`,
          confidence: isSure ? ('confirmed' as const) : ('probable' as const),
        },
      ];
    });

    function instanceOf({ id }: Target) {
      return withId(instances ?? [], id);
    }
  },
});
