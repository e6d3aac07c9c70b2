import { nodeportAddressesExcludePrimaryIp } from '../../core/checks/node/nodeport-addresses-exclude-primary-ip.ts';
import { addKubeProxy } from '../core/kubernetes/kube-proxy-facts.ts';
import { fail, instanceId, metadata, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const listing = (addresses: string) =>
  given(sampleFacts, (facts) => {
    addKubeProxy(facts);
    fail(facts.slices.targetHealth);
    facts.slices.configMaps.push({
      metadata: metadata('kube-proxy-config', 'kube-system'),
      data: {
        config: `kind: KubeProxyConfiguration\nmode: iptables\nnodePortAddresses:${addresses}\noomScoreAdj: -998\n`,
      },
    });
  });
const all = [instanceId(0), instanceId(1), instanceId(2)];

testCheck(nodeportAddressesExcludePrimaryIp, {
  found: [
    {
      name: 'a block elsewhere, and the nodes refuse',
      facts: given(listing('\n- 192.168.0.0/16'), (facts) => probe(facts, 'health-check', { kind: 'refused' })),
      targets: all,
      confidence: 'confirmed',
      saw: 'nodePortAddresses 192.168.0.0/16 leaves out 10.0.0.10',
    },
    {
      name: 'blocks that leave out the subnet of one node, not probed',
      facts: listing('\n- "10.0.0.0/24"\n- 10.0.1.0/24'),
      targets: [instanceId(2)],
      confidence: 'probable',
      saw: 'leaves out 10.0.2.10',
    },
    {
      name: 'a flag of a DaemonSet that runs without a configuration file',
      facts: given(listing(' null'), ({ slices }) => {
        for (const { spec } of slices.workloads)
          for (const container of spec.template.containers)
            container.command = ['kube-proxy', '--nodeport-addresses=10.1.0.0/16,fd00::/8'];
      }),
      targets: all,
      confidence: 'probable',
      saw: 'nodePortAddresses 10.1.0.0/16, fd00::/8',
    },
  ],
  ruledOut: [
    { name: 'no list', facts: listing(' null') },
    { name: 'an empty list', facts: listing(' []') },
    { name: 'the primary address by name', facts: listing(' ["primary"]') },
    { name: 'blocks of the other family alone', facts: listing('\n- fd00::/8') },
    {
      name: 'a flag beside a configuration file, which kube-proxy ignores',
      facts: given(listing(' null'), ({ slices }) => {
        for (const { spec } of slices.workloads)
          for (const { command } of spec.template.containers) command.push('--nodeport-addresses=10.1.0.0/16');
      }),
    },
    {
      name: 'a NodePort that answers, if badly',
      facts: given(listing('\n- 192.168.0.0/16'), (facts) =>
        probe(facts, 'health-check', { kind: 'http', status: 500 }),
      ),
    },
    { name: 'blocks that cover the nodes', facts: listing('\n  - 10.0.0.0/16') },
    {
      name: 'a kube-proxy that has not read the new list and still answers',
      facts: given(listing('\n- 192.168.0.0/16'), (facts) => probe(facts, 'health-check', { kind: 'open' })),
    },
  ],
});
