import { check } from '../../diagnosis/check.ts';
import { isReplaced, kubeProxyDaemonSet, kubeProxyPodOn, runsKubeProxyAsProcess } from '../../kubernetes/kube-proxy.ts';
import { isPodReady } from '../../kubernetes/pod.ts';
import { nodeOf } from '../../kubernetes/service.ts';
import type { Pod } from '../../model/kubernetes.ts';
import { answersWell, probeOf } from '../../probes/results.ts';

export const kubeProxyDown = check({
  id: 'kube-proxy-down',
  kind: 'fault',
  stage: 'node',
  severity: 'critical',
  title: 'kube-proxy does not run on the node',
  symptom: 'The nodes without a working kube-proxy are unhealthy; NodePorts of new Services fail there first.',
  why: `kube-proxy turns Services into packet rules and answers the health check of Services with the policy Local. Where it is
down that answer stops at once; rules for NodePorts stay as they were, but those of newer Services are never written.`,
  proof: `The cluster runs kube-proxy as a DaemonSet, and the node has no ready pod of it. A refused connection to one of kube-proxy's
own health ports confirms it.`,
  nearMisses: [
    'EKS Auto Mode and Windows run kube-proxy as a process of the system, and Cilium or Calico can stand in for it: no pod is normal there.',
    'A health server that answers 503 runs: that is `kube-proxy-reports-unhealthy`.',
    'On a node that is not Ready every pod counts as not ready.',
  ],
  decidedBy: "a connection to kube-proxy's health server on port 10256 of the node",
  fix: [
    {
      text: 'Read why the pod does not start. A command wrapped in /bin/sh cannot work: the image of the add-on has no shell.',
      command:
        'kubectl --namespace kube-system describe pods --selector k8s-app=kube-proxy --field-selector spec.nodeName={node}',
    },
    {
      text: 'Put the managed add-on back to its own settings.',
      command:
        'aws eks update-addon --region {region} --cluster-name {cluster} --addon-name kube-proxy --resolve-conflicts OVERWRITE',
      danger:
        'Overwrites changes made by hand to the DaemonSet and its ConfigMap, and restarts kube-proxy on every node.',
      verify: 'kubectl --namespace kube-system rollout status daemonset/kube-proxy',
    },
  ],
  links: ['https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html'],
  explains: [
    'kube-proxy-reports-unhealthy',
    'healthchecknodeport-not-listening',
    'nodeport-rules-not-programmed',
    'kube-proxy-node-name-mismatch',
  ],
  needs: ['nodes', 'pods', 'workloads'],
  wants: ['configMaps', 'probes'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { nodes, pods, workloads, configMaps, probes = [] }) {
    if (kubeProxyDaemonSet(workloads) === undefined || isReplaced(workloads, configMaps ?? [])) return undefined;
    return group.unhealthy.flatMap((target) => {
      const node = nodeOf(target, nodes);
      if (node === undefined || runsKubeProxyAsProcess(node)) return [];
      const pod = kubeProxyPodOn(node, pods);
      const checked = probeOf(probes, target, 'health-check');
      const answers = [probeOf(probes, target, 'kube-proxy-healthz'), probeOf(probes, target, 'kube-proxy')].map(
        (probe) => probe?.outcome.kind,
      );
      if ((pod && isPodReady(pod)) || answers.includes('http')) return [];
      if (checked !== undefined && answersWell(checked, group.targetGroup)) return [];
      const refused = answers.includes('refused');
      return [
        {
          target,
          saw: `${node.metadata.name}: ${pod === undefined ? 'no kube-proxy pod' : `kube-proxy is not ready${stateOf(pod)}`}${refused ? '; its health port refuses connections' : ''}`,
          expected: 'a ready kube-proxy pod on every node',
          confidence: refused ? ('confirmed' as const) : ('probable' as const),
          values: { node: node.metadata.name },
        },
      ];
    });
  },
});

/** Why the container does not run, in the kubelet's words. */
function stateOf({ status }: Pod): string {
  const [waiting] = status.containerStatuses.flatMap(({ state }) => state.waiting ?? []);
  if (waiting === undefined) return '';
  return ` (${[waiting.reason, waiting.message].filter((text) => text !== undefined).join(': ')})`;
}
