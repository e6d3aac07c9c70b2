import { check } from '../../diagnosis/check.ts';
import { nodePortAddresses, opensNodePortsOn } from '../../kubernetes/kube-proxy.ts';
import { nodeOf } from '../../kubernetes/service.ts';
import { isIpv6 } from '../../network/address.ts';
import { formatOutcome, probeOf } from '../../probes/results.ts';
import { isSilent } from '../../probes/silent-targets.ts';

export const nodeportAddressesExcludePrimaryIp = check({
  id: 'nodeport-addresses-exclude-primary-ip',
  kind: 'fault',
  stage: 'node',
  severity: 'critical',
  title: 'kube-proxy opens NodePorts only on addresses that the load balancer does not use',
  symptom: 'Every node refuses the NodePort on the address that the load balancer uses.',
  why: `With nodePortAddresses kube-proxy serves NodePorts and healthCheckNodePorts only on addresses inside the blocks listed. The load
balancer sends everything to the primary address of the instance; a node outside the blocks refuses it.`,
  proof: `nodePortAddresses in kube-proxy's configuration, or its flag where there is no configuration file, lists blocks of the
address family in use and none covers the node's primary address. A refused connection to that address confirms it.`,
  nearMisses: [
    'The value primary, the default in nftables mode, covers the address in use.',
    'An empty list means every address, and so does a list without a block of the address family in use.',
    'A port that answers at all is open there, whatever it answers.',
    'kube-proxy reads its configuration only when it starts, so it may still use an older list.',
  ],
  decidedBy: 'one connection to the NodePort on the primary address of the node',
  fix: [
    {
      text: 'Extend nodePortAddresses so that it covers the subnets of all nodes, or set it to null, and restart kube-proxy.',
      withNext: true,
      change: { run: 'kubectl --namespace kube-system edit configmap kube-proxy-config' },
      disturbs: { nothing: 'kube-proxy reads the configuration only when it starts.' },
      undo: 'Edit it again and set the former ranges.',
      danger: 'NodePorts open on more addresses of the nodes; security groups still decide who reaches them.',
    },
    {
      text: 'Restart kube-proxy: it reads the configuration when it starts.',
      change: { restart: { object: 'daemonset/kube-proxy', in: 'kube-system' } },
      danger: 'While kube-proxy restarts on a node, its rules do not follow changes.',
    },
  ],
  links: [
    'https://kubernetes.io/docs/concepts/services-networking/service/#service-nodeport-custom-listen-address',
    'https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/',
  ],
  masks: ['healthchecknodeport-not-listening', 'nodeport-rules-not-programmed', 'kube-proxy-node-name-mismatch'],
  needs: ['configMaps', 'nodes', 'workloads'],
  optional: ['probes'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { configMaps, nodes, workloads, probes }) {
    const blocks = nodePortAddresses(workloads, configMaps);
    if (blocks.length === 0) return [];
    return group.failing.flatMap((target) => {
      const address = nodeOf(target, nodes)?.status.addresses.find(
        ({ type, address: text }) =>
          type === 'InternalIP' && isIpv6(text) === (group.targetGroup.ipAddressType === 'ipv6'),
      )?.address;
      if (address === undefined || opensNodePortsOn(address, blocks)) return [];
      const probe = probeOf(probes ?? [], target, 'health-check');
      if (probe !== undefined && probe.outcome.kind !== 'refused' && !isSilent(probe.outcome)) return [];
      return [
        {
          target,
          saw: `nodePortAddresses ${blocks.join(', ')} leaves out ${address}${probe === undefined ? '' : `; port ${probe.request.port}: ${formatOutcome(probe.outcome)}`}`,
          expected: `blocks that cover ${address}`,
          confidence: probe?.outcome.kind === 'refused' ? ('confirmed' as const) : ('probable' as const),
        },
      ];
    });
  },
});
