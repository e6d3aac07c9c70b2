import { check } from '../../diagnosis/check.ts';
import { kubeProxyDaemonSet } from '../../kubernetes/kube-proxy.ts';
import { isLocal, podsOf, serviceOf, servicePortOf, targetPortIn } from '../../kubernetes/service.ts';
import { replacementSettings } from '../../kubernetes/service-proxy.ts';
import type { Confidence } from '../../model/check-result.ts';
import { answersWell, formatOutcome, podProbeOf, probeOf } from '../../probes/results.ts';
import { isSilent } from '../../probes/silent-targets.ts';

export const proxyReplacementConflict = check({
  id: 'proxy-replacement-conflict',
  kind: 'fault',
  stage: 'node',
  severity: 'critical',
  title: 'Cilium replaces kube-proxy, and its settings leave the health check without an answer',
  symptom:
    'In a cluster with Cilium instead of kube-proxy, nodes refuse the health check or drop connections to their NodePorts.',
  why: `With kube-proxy replacement Cilium serves NodePorts and answers the health checks of Services with the policy Local. It does so
only if its health server for them is on and its device list includes the node's interface. A kube-proxy that runs as well
programs the same ports a second time, and the two conflict.`,
  proof: `cilium-config turns kube-proxy replacement on, the health check gets no good answer, and one of these holds: the health server
is off under the policy Local, kube-proxy runs as well, or NodePorts are bound to listed devices.`,
  nearMisses: [
    'Cilium without the replacement leaves kube-proxy in charge.',
    'If the application answers on the NodePort, or the pods themselves refuse, Cilium forwards correctly.',
    'A Service without ready endpoints fails behind any proxy; some Cilium versions drop where kube-proxy refuses.',
  ],
  decidedBy:
    'cilium-dbg status --verbose in the agent of the node: KubeProxyReplacement, its devices and its Service list',
  fix: [
    {
      text: 'Let Cilium answer the health check of Services with externalTrafficPolicy Local: turn its health server on.',
      when: 'healthServerOff',
      change: {
        patch: { data: { 'enable-health-check-nodeport': 'true' } },
        type: 'merge',
        on: { object: 'configmap cilium-config', in: 'kube-system' },
      },
      disturbs: { nothing: 'the agents read it only when they start.' },
    },
    {
      text: 'Restart the agents, which read that setting only when they start.',
      when: 'healthServerOff',
      change: { restart: { object: 'daemonset/cilium', in: 'kube-system' } },
    },
    {
      text: 'Use one proxy only. Before kube-proxy goes, Cilium must reach the API server without it (k8sServiceHost and k8sServicePort in its values): else its agents lose the cluster with their next restart. See how it is set up.',
      when: 'twoProxies',
      look: { kubectl: 'get configmap cilium-config --output yaml', in: 'kube-system' },
    },
    {
      text: 'Let Cilium bind NodePorts to the interface that the nodes have in the subnet of the load balancer: correct devices, now {devices}, in its values, or leave it out, so that Cilium finds it.',
      when: 'devices',
      look: { kubectl: 'exec daemonset/cilium -- cilium-dbg status --verbose', in: 'kube-system' },
    },
  ],
  links: [
    'https://docs.cilium.io/en/stable/network/kubernetes/kubeproxy-free/',
    'https://github.com/cilium/cilium/issues/30331',
  ],
  masks: [
    'kube-proxy-down',
    'kube-proxy-reports-unhealthy',
    'healthchecknodeport-not-listening',
    'nodeport-rules-not-programmed',
    'kube-proxy-node-name-mismatch',
    'health-port-unserved',
  ],
  needs: ['services', 'workloads', 'configMaps', 'probes'],
  optional: ['pods'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, workloads, configMaps, probes, pods = [] }) {
    const service = serviceOf(group, services);
    const settings = replacementSettings(workloads, configMaps);
    if (service === undefined || settings === undefined) return undefined;
    const { arn: targetGroupArn } = group.targetGroup;
    const servicePort = servicePortOf(group, service);
    const podsRefuse = podsOf(service, pods).some((pod) => {
      const port = servicePort && targetPortIn(pod, servicePort);
      return port !== undefined && podProbeOf(probes, pod, { targetGroupArn, port })?.outcome.kind === 'refused';
    });
    const kubeProxies = kubeProxyDaemonSet(workloads)?.status.readyReplicas ?? 0;
    return group.failing.flatMap((target) => {
      const probe = probeOf(probes, target, 'health-check');
      if (probe === undefined || answersWell(probe, group.targetGroup)) return [];
      const asksHealthServer = isLocal(group, service) && target.healthCheckPort === service.spec.healthCheckNodePort;
      const refused = probe.outcome.kind === 'refused';
      const isForwarded = podsRefuse || !(refused || isSilent(probe.outcome));
      if (!asksHealthServer && isForwarded) return [];
      const clash = ((): { saw: string; confidence: Confidence; values: Record<string, string> } | undefined => {
        if (asksHealthServer && settings['enable-health-check-nodeport'] === 'false') {
          return {
            saw: 'enable-health-check-nodeport is false',
            confidence: refused ? 'confirmed' : 'probable',
            values: { healthServerOff: 'yes' },
          };
        }
        if (kubeProxies > 0)
          return {
            saw: `kube-proxy runs too, ${kubeProxies} pods ready`,
            confidence: 'probable',
            values: { twoProxies: 'yes' },
          };
        const { devices } = settings;
        if (!refused || !devices) return undefined;
        return { saw: `NodePorts are bound to devices ${devices}`, confidence: 'possible', values: { devices } };
      })();
      if (clash === undefined) return [];
      return [
        {
          target,
          saw: `cilium-config: kube-proxy-replacement is on, ${clash.saw}; port ${probe.request.port}: ${formatOutcome(probe.outcome)}`,
          expected: 'one proxy that answers the health check on the address of the node',
          confidence: clash.confidence,
          values: clash.values,
        },
      ];
    });
  },
});
