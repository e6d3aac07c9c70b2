import { cniNodeportSupportDisabled } from '../../core/checks/network/cni-nodeport-support-disabled.ts';
import type { Facts } from '../../core/model/facts.ts';
import { daemonSet, openFacts, silence } from '../core/network/open-path.ts';
import { fail, instanceId } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

/** Pods on a second interface of their node, as the VPC CNI attaches it. */
const moveToSecond = (facts: Facts) => {
  for (const node of facts.slices.networkInterfaces.filter(({ instanceId: id }) => id !== undefined)) {
    const [primary = '', ...pods] = node.privateIps;
    node.privateIps = [primary];
    facts.slices.networkInterfaces.push({
      ...node,
      id: `${node.id}1`,
      description: 'aws-K8S-i',
      deviceIndex: 1,
      privateIps: pods,
    });
  }
};
const switched = (value: string) => daemonSet('aws-node', { AWS_VPC_CNI_NODE_PORT_SUPPORT: value });

/** Under Local, checked on the NodePort itself. */
const onTrafficPort = () => {
  const facts = openFacts({ policy: 'Local' });
  for (const group of facts.slices.targetGroups)
    group.healthCheck = { ...group.healthCheck, protocol: 'TCP', port: 'traffic-port' };
  for (const target of facts.slices.targetHealth) target.healthCheckPort = target.port;
  return facts;
};
const lost = given(onTrafficPort, (facts) => {
  moveToSecond(facts);
  facts.slices.workloads.push(switched('false'));
  fail(facts.slices.targetHealth);
  silence(facts);
});

testCheck(cniNodeportSupportDisabled, {
  found: [
    {
      name: 'pods on a second interface under Local',
      facts: lost,
      targets: [instanceId(0), instanceId(1)],
      confidence: 'probable',
      saw: 'AWS_VPC_CNI_NODE_PORT_SUPPORT is false, and 10.0.0.100',
    },
    {
      name: 'pods on a second interface under Cluster',
      facts: given(openFacts, (facts) => {
        moveToSecond(facts);
        facts.slices.workloads.push(switched('false'));
        fail(facts.slices.targetHealth, instanceId(0), instanceId(1));
        silence(facts);
      }),
      targets: [instanceId(0), instanceId(1)],
      confidence: 'possible',
      saw: 'belongs to a secondary interface',
    },
  ],
  ruledOut: [
    {
      name: 'the support is on',
      facts: given(lost, ({ slices }) => {
        slices.workloads = [switched('true')];
      }),
    },
    {
      name: 'the support is not mentioned',
      facts: given(lost, ({ slices }) => {
        slices.workloads = [daemonSet('aws-node', {})];
      }),
    },
    {
      name: 'pods on the primary interface',
      facts: given(onTrafficPort, (facts) => {
        facts.slices.workloads.push(switched('false'));
        fail(facts.slices.targetHealth);
        silence(facts);
      }),
    },
    {
      name: 'a healthy node in the same position',
      facts: given(openFacts, (facts) => {
        moveToSecond(facts);
        facts.slices.workloads.push(switched('false'));
        fail(facts.slices.targetHealth, instanceId(0));
        silence(facts, instanceId(0));
      }),
    },
    {
      name: 'a refusal',
      facts: given(lost, ({ slices }) => {
        for (const each of slices.probes) if (each.purpose === 'health-check') each.outcome = { kind: 'refused' };
      }),
    },
  ],
});
