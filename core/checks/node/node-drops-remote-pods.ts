import { check } from '../../diagnosis/check.ts';
import { endpointsOf, isLocal, isReady, nodeOf, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import { agentOf, pluginOf } from '../../kubernetes/service-proxy.ts';
import { besidePods } from '../../kubernetes/topology.ts';
import type { Target } from '../../model/aws.ts';
import { triedAt } from '../../probes/results.ts';
import { isSilent } from '../../probes/silent-targets.ts';

export const nodeDropsRemotePods = check({
  id: 'node-drops-remote-pods',
  kind: 'fault',
  stage: 'node',
  order: 3,
  severity: 'high',
  title: 'Nodes lose connections to a NodePort whose pods are on other nodes',
  symptom:
    'Exactly the nodes that run pods of the Service are healthy; all others time out, though they may reach the pods.',
  why: `Under externalTrafficPolicy Cluster a node passes a connection on to a pod on any node. Where Cilium, Calico or another plug-in does that
instead of kube-proxy, the packets take its own path: a tunnel whose port the nodes do not open to each other, or a return path that the
plug-in does not know, as for pods in the network of their host. The answers get lost, and only nodes with a pod of their own serve.`,
  proof: `Under externalTrafficPolicy Cluster another plug-in than the VPC CNI or kube-proxy has a hand in the traffic, every target with a
ready endpoint on its own node is healthy, every one without fails and leaves connections to the NodePort without an answer.`,
  nearMisses: [
    'The security groups do not admit the pod’s port between the nodes: `node-to-node-sg-blocks-pod-port`.',
    'Nodes with pods fail and those without pass, the mirror image: `node-drops-local-pods`.',
    'A node without a pod is healthy: it passes connections on.',
    'Under Local a node without a pod is meant to fail: `etp-local-no-local-pod`.',
  ],
  decidedBy: 'what the agent of the plug-in on a failing node drops while a connection to its NodePort is tried',
  fix: [
    {
      text: 'Read what the agent of {plugin} on the node drops while a connection is tried.',
      look: { kubectl: 'get pods --all-namespaces --selector k8s-app={agent} --field-selector spec.nodeName={node}' },
    },
    {
      text: 'In a tunnel mode admit the tunnel between the nodes: UDP 8472 for VXLAN of Cilium, UDP 4789 for VXLAN of Calico, UDP 6081 for Geneve, IP protocol 4 for IP in IP.',
      look: { aws: 'ec2 describe-security-group-rules', options: '--filters Name=group-id,Values={nodeGroup}' },
      when: 'nodeGroup',
    },
    {
      text: 'Until then use the policy Local, under which no node passes connections on to another, or ip targets where the pods have addresses of the VPC.',
    },
  ],
  links: [
    'https://docs.cilium.io/en/stable/operations/system_requirements/#firewall-rules',
    'https://docs.tigera.io/calico/latest/getting-started/kubernetes/requirements#network-requirements',
    'https://github.com/projectcalico/calico/issues/4242',
  ],
  masks: [
    'packet-loss-on-node',
    'host-firewall-or-kernel-setting',
    'conntrack-or-ena-allowance-exhausted',
    'nodeport-rules-not-programmed',
    'cni-nodeport-support-disabled',
    'node-multi-eni-asymmetric-path',
    'app-saturated',
    'hc-thresholds-too-tight',
    'hc-timeout-too-short',
  ],
  needs: ['services', 'endpointSlices', 'nodes', 'workloads', 'configMaps', 'probes'],
  optional: ['networkInterfaces'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, endpointSlices, nodes, workloads, configMaps, probes, networkInterfaces = [] }) {
    const service = serviceOf(group, services);
    const port = service && servicePortOf(group, service);
    const plugin = pluginOf(workloads, configMaps);
    if (service === undefined || port?.nodePort === undefined || isLocal(group, service) || plugin === undefined)
      return undefined;
    const ready = endpointsOf(service, port, endpointSlices).filter(isReady);
    const { busy, idle } = besidePods(group.targets, { nodes, ready });
    const isLosing = (target: Target): boolean =>
      target.healthCheckPort === port.nodePort &&
      target.state !== 'healthy' &&
      (triedAt(probes, target).length === 0 || triedAt(probes, target).some(({ outcome }) => isSilent(outcome)));
    const silent = idle.filter((target) => triedAt(probes, target).some(({ outcome }) => isSilent(outcome)));
    if (busy.length === 0 || busy.some(({ state }) => state !== 'healthy') || silent.length === 0) return [];
    if (!idle.every(isLosing)) return [];
    return silent.map((target) => {
      const node = nodeOf(target, nodes)?.metadata.name ?? target.id;
      const own = networkInterfaces.find(
        ({ instanceId, deviceIndex }) => instanceId === target.id && deviceIndex === 0,
      );
      return {
        target,
        saw: `${node} runs none of ${ready.length} ready endpoints, and its NodePort ${port.nodePort} gives no answer; every node with one is healthy (${busy.length}); ${plugin} has a hand in the traffic`,
        expected: 'an answer from a pod on another node',
        confidence: 'probable' as const,
        values: {
          node,
          plugin,
          agent: agentOf[plugin],
          ...(own?.securityGroups[0] !== undefined && { nodeGroup: own.securityGroups[0] }),
        },
      };
    });
  },
});
