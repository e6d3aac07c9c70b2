import { eniconfigSgBlocksNlb } from '../../core/checks/network/eniconfig-sg-blocks-nlb.ts';
import { daemonSet, nodeGroup } from '../core/network/open-path.ts';
import { fail, rule, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const own = 'sg-0000000000000000e';

/** Every node has a second interface that carries its pods, with the security group of the ENIConfig. */
const custom = given(
  () => sampleFacts({ targetType: 'ip' }),
  (facts) => {
    facts.slices.workloads.push(daemonSet('aws-node', { AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true' }));
    facts.slices.securityGroups.push({ ...nodeGroup(facts), id: own, name: 'pods', rules: [] });
    for (const node of facts.slices.networkInterfaces.filter(({ instanceId }) => instanceId !== undefined)) {
      const [primary = '', ...pods] = node.privateIps;
      node.privateIps = [primary];
      facts.slices.networkInterfaces.push({
        ...node,
        id: `${node.id}1`,
        description: 'aws-K8S-pods',
        deviceIndex: 1,
        privateIps: pods,
        securityGroups: [own],
      });
    }
    fail(facts.slices.targetHealth);
  },
);
const pods = ['10.0.0.100', '10.0.1.100'];

testCheck(eniconfigSgBlocksNlb, {
  found: [
    {
      name: 'the group of the ENIConfig admits nothing',
      facts: custom,
      targets: pods,
      confidence: 'confirmed',
      saw: `custom networking puts 10.0.0.100 under other security groups than the node; ${own}: no rule for TCP 8080`,
    },
  ],
  ruledOut: [
    {
      name: 'the group of the ENIConfig admits the load balancer',
      facts: given(custom, ({ slices }) => {
        for (const group of slices.securityGroups)
          if (group.id === own) group.rules = [rule({ fromPort: 8080, toPort: 8080, cidrIpv4: '10.0.0.0/16' })];
      }),
    },
    {
      name: 'an ENIConfig without groups of its own, under a node group that admits nothing',
      facts: given(custom, (facts) => {
        nodeGroup(facts).rules = [];
        for (const each of facts.slices.networkInterfaces)
          if (each.deviceIndex === 1) each.securityGroups = ['sg-0000000000000000a'];
      }),
    },
    {
      name: 'other groups on the interface, and no custom networking',
      facts: given(custom, ({ slices }) => {
        slices.workloads = [daemonSet('aws-node', { AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'false' })];
      }),
    },
  ],
});
