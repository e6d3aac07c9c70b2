import { check } from '../../diagnosis/check.ts';
import { kubeProxyDaemonSet, kubeProxyPodOn, runsKubeProxyAsProcess } from '../../kubernetes/kube-proxy.ts';
import { isWindowsNode } from '../../kubernetes/node.ts';
import { isPodReady } from '../../kubernetes/pod.ts';
import { nodeOf } from '../../kubernetes/service.ts';
import { serviceProxyOn } from '../../kubernetes/service-proxy.ts';
import type { Target } from '../../model/aws.ts';
import type { Evidence } from '../../model/check-result.ts';
import type { Gap } from '../../model/gap.ts';
import type { Node, Pod } from '../../model/kubernetes.ts';
import type { ProbeOutcome } from '../../model/probe-result.ts';
import { answersWell, podProbesFor, probeOf } from '../../probes/results.ts';

export const kubeProxyDown = check({
  id: 'kube-proxy-down',
  kind: 'fault',
  stage: 'node',
  severity: 'critical',
  begunBy: ['UpdateAddon', 'DeleteAddon'],
  takesNodeDown: true,
  title: 'kube-proxy does not run on the node',
  symptom: 'The nodes without a working kube-proxy are unhealthy; NodePorts of new Services fail there first.',
  why: `kube-proxy turns Services into packet rules and answers the health check of Services with the policy Local. When it is down,
that answer stops at once; rules for NodePorts stay as they were, but those of newer Services are never written.`,
  proof: `The cluster runs kube-proxy as a DaemonSet, and the node has no ready pod of it. A refused connection to one of kube-proxy's
own health ports confirms it. On Windows and in EKS Auto Mode, where it has no pod, it is probable if the NodePort and port 10256
refuse connections and another node serves the Service.`,
  nearMisses: [
    'EKS Auto Mode and Windows run kube-proxy as a system process, and Cilium, Calico, Antrea or kube-router can replace it: there it is normal to have no pod.',
    'The health server answers 503, so kube-proxy runs: `kube-proxy-reports-unhealthy`.',
    'The NodePort still leads to the pods, whose own answer or refusal comes through it: their fault.',
    'On a node that is not Ready every pod counts as not ready.',
  ],
  decidedBy: "a connection to kube-proxy's health server on port 10256 of the node",
  fix: [
    {
      text: 'Find out why the pod does not start. A command wrapped in /bin/sh cannot work: the image of the add-on has no shell.',
      look: {
        kubectl: 'get pods --selector k8s-app=kube-proxy --field-selector spec.nodeName={node} --output yaml',
        in: 'kube-system',
      },
      when: 'asPod',
    },
    {
      text: 'Reset the managed add-on to its default settings.',
      change: {
        aws: 'eks update-addon',
        options: { 'cluster-name': '{cluster}', 'addon-name': 'kube-proxy', 'resolve-conflicts': 'OVERWRITE' },
      },
      when: 'asPod',
      danger: 'It overwrites changes made by hand to the DaemonSet and its ConfigMap.',
      disturbs: 'kube-proxy restarts on every node, one after the other.',
    },
    {
      text: 'On Windows kube-proxy is a system service: check whether it runs, read its log, and restart it.',
      change: {
        aws: 'ssm send-command',
        options: {
          'instance-ids': '{instance}',
          'document-name': 'AWS-RunPowerShellScript',
          parameters: `'commands=["Get-Service kube-proxy","Restart-Service kube-proxy","Get-EventLog -LogName EKS -Newest 50"]'`,
        },
      },
      disturbs: 'While kube-proxy restarts on this node, its rules do not follow changes.',
      when: 'windows',
    },
    {
      text: 'A node of EKS Auto Mode has no shell. Check its conditions and replace it: its pods move to another node.',
      change: { remove: { object: 'node {managed}' } },
      disturbs: 'The node is drained: its pods start elsewhere.',
      undo: 'It cannot be taken back; a new node takes its place.',
      when: 'managed',
    },
  ],
  links: ['https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html'],
  masks: [
    'kube-proxy-reports-unhealthy',
    'healthchecknodeport-not-listening',
    'nodeport-rules-not-programmed',
    'kube-proxy-node-name-mismatch',
  ],
  needs: ['nodes', 'pods', 'workloads'],
  optional: ['configMaps', 'probes'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  undecided(group, { nodes, pods, workloads, configMaps, probes = [] }) {
    return group.failing.flatMap((target): Gap[] => {
      const node = nodeOf(target, nodes);
      if (node === undefined || !runsKubeProxyAsProcess(node)) return [];
      if (serviceProxyOn(node, { workloads, configMaps, pods }) !== 'kube-proxy') return [];
      const nodePort = probeOf(
        probes,
        target,
        target.healthCheckPort === target.port ? 'health-check' : 'traffic-port',
      );
      const isOpen = nodePort !== undefined && nodePort.outcome.kind !== 'refused';
      const isAnswered = (['kube-proxy', 'kube-proxy-healthz'] as const).some((purpose) =>
        probeOf(probes, target, purpose),
      );
      if (isOpen || isAnswered) return [];
      return [
        {
          slice: 'probes',
          scope: { kind: 'target', targetGroupArn: target.targetGroupArn, id: target.id, port: target.port },
          reason: 'not-requested',
          action: 'probe kube-proxy',
          message: `whether kube-proxy runs on ${node.metadata.name} shows only in an answer: there it has no pod`,
          remedy: 'Run inside of the VPC with the setting `probe: true`.',
        },
      ];
    });
  },

  run(group, { nodes, pods, workloads, configMaps, probes = [] }) {
    const isProxied = (target: Target): boolean => {
      const node = nodeOf(target, nodes);
      return node !== undefined && hasKubeProxy(node);
    };
    if (!group.targets.some(isProxied)) return undefined;
    return group.failing.flatMap((target) => {
      const node = nodeOf(target, nodes);
      if (node === undefined || !hasKubeProxy(node)) return [];
      if (runsKubeProxyAsProcess(node)) return asProcess(target, node);
      const pod = kubeProxyPodOn(node, pods);
      if (pod && isPodReady(pod)) return [];
      const checked = probeOf(probes, target, 'health-check');
      const answers = [probeOf(probes, target, 'kube-proxy-healthz'), probeOf(probes, target, 'kube-proxy')].map(
        (probe) => probe?.outcome.kind,
      );
      if (answers.includes('http')) return [];
      if (checked !== undefined && answersWell(checked, group.targetGroup)) return [];
      if (isForwarded(target)) return [];
      const refused = answers.includes('refused');
      return [
        {
          target,
          saw: `${node.metadata.name}: ${pod === undefined ? 'no kube-proxy pod' : `kube-proxy is not ready${stateOf(pod)}`}${refused ? '; its health port refuses connections' : ''}`,
          expected: 'a ready kube-proxy pod on every node',
          confidence: refused ? ('confirmed' as const) : ('probable' as const),
          values: { node: node.metadata.name, asPod: node.metadata.name },
        },
      ];
    });

    function hasKubeProxy(node: Node): boolean {
      const isExpected = runsKubeProxyAsProcess(node) || kubeProxyDaemonSet(workloads) !== undefined;
      return isExpected && serviceProxyOn(node, { workloads, configMaps, pods }) === 'kube-proxy';
    }

    /** There is no pod to look at: both of its ports refuse here, while others forward the same NodePort. */
    function asProcess(target: Target, node: Node): Evidence[] {
      const nodePort = trafficProbeOf(target);
      const healthz = probeOf(probes, target, 'kube-proxy-healthz');
      if (nodePort?.outcome.kind !== 'refused' || healthz?.outcome.kind !== 'refused') return [];
      const serving = group.targets.filter(({ state }) => state === 'healthy').length;
      if (serving === 0) return [];
      const name = node.metadata.name;
      return [
        {
          target,
          saw: `${name}: NodePort ${target.port} and kube-proxy's health port ${healthz.request.port} refuse connections, ${serving} other node${serving > 1 ? 's serve' : ' serves'} the Service`,
          expected: 'kube-proxy running as a system process',
          confidence: 'probable',
          values: { node: name, instance: target.id, ...(isWindowsNode(node) ? { windows: name } : { managed: name }) },
        },
      ];
    }
    /** The rules that a kube-proxy leaves behind work on: what the pods themselves answer, or refuse, comes through them. */
    function isForwarded(target: Target): boolean {
      const outcome = trafficProbeOf(target)?.outcome;
      if (target.healthCheckPort !== target.port || outcome === undefined) return false;
      if (comesFromBehind(outcome)) return true;
      const asked = podProbesFor(probes, group.targetGroup.arn);
      return outcome.kind === 'refused' && asked.length > 0 && asked.every((probe) => probe.outcome.kind === 'refused');
    }
    function trafficProbeOf(target: Target) {
      return probeOf(probes, target, target.healthCheckPort === target.port ? 'health-check' : 'traffic-port');
    }
  },
});

/** Bytes, or a connection that was made and ended: the kernel of the node gives neither by itself. */
const comesFromBehind = (outcome: ProbeOutcome): boolean =>
  outcome.kind === 'http' ||
  outcome.kind === 'not-http' ||
  outcome.kind === 'tls-failed' ||
  ((outcome.kind === 'reset' || outcome.kind === 'timeout') && outcome.phase !== 'connect');

/** Why the container does not run, in the kubelet's words. */
function stateOf({ status }: Pod): string {
  const [waiting] = status.containerStatuses.flatMap(({ state }) => state.waiting ?? []);
  if (waiting === undefined) return '';
  return ` (${[waiting.reason, waiting.message].filter((text) => text !== undefined).join(': ')})`;
}
