import { expect, test } from 'vitest';
import { trafficPortSilent } from '../../core/checks/answer/traffic-port-silent.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { ProbeOutcome } from '../../core/model/probe-result.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { daemonSet, openFacts, shutOut } from '../core/network/open-path.ts';
import { fail, instanceId, metadata, nodeName, probe } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const local = (): Facts => {
  const facts = openFacts({ policy: 'Local' });
  for (const target of facts.slices.targetHealth) target.state = 'healthy';
  return facts;
};
const answers =
  (outcome: ProbeOutcome, only = instanceId(0)) =>
  (facts: Facts): void =>
    probe(facts, 'client-connect', outcome, { only, protocol: 'TCP', port: 31080 });
const silent = answers({ kind: 'timeout', phase: 'connect' });
/** A policy that admits other addresses than the auditor's to the pods with these labels. */
const restrict =
  (matchLabels: Record<string, string>) =>
  ({ slices }: Facts): void => {
    slices.networkPolicies.push({
      metadata: metadata('web', 'shop'),
      spec: {
        podSelector: { matchLabels, matchExpressions: [] },
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24', except: [] } }], ports: [] }],
      },
    });
    slices.workloads.push(daemonSet('aws-node', {}, ['--enable-network-policy=true']));
  };

/** Cilium is chained behind the VPC CNI; the pods are of one template and not new. */
const byCilium = ({ slices }: Facts): void => {
  slices.workloads.push(daemonSet('cilium', {}));
  for (const { metadata } of slices.pods) {
    metadata.labels['pod-template-hash'] = '6f';
    metadata.creationTimestamp = '2026-11-19T12:00:00Z';
  }
};

testCheck(trafficPortSilent, {
  found: [
    {
      name: 'a node with a ready pod that gives no answer, although every rule admits the probe',
      facts: given(local, silent),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: /TCP 10\.0\.0\.10:31080: no answer.*every rule admits it; the health check asks port 32080/,
      values: { port: 31_080, node: nodeName(0) },
    },
    {
      name: 'the same, where a network policy may have dropped it',
      facts: given(local, silent, restrict({})),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: /no answer/,
    },
    {
      name: 'the same, where a policy is about other pods',
      facts: given(local, silent, restrict({ app: 'else' })),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: /no answer/,
    },
    {
      name: 'every node with a pod, where one plug-in forwards on all nodes of one image to pods of one template',
      facts: given(local, silent, byCilium),
      targets: [instanceId(0), instanceId(1)],
      confidence: 'confirmed',
      saw: /Cilium forwards on every node, the nodes run one image, and all 2 ready pods come from one template/,
    },
    {
      name: 'every node whose pods are at secondary interfaces, where the CNI does without its support for NodePorts',
      facts: given(local, silent, ({ slices }) => {
        slices.workloads.push(daemonSet('aws-node', { AWS_VPC_CNI_NODE_PORT_SUPPORT: 'false' }));
        for (const node of slices.networkInterfaces.filter(({ instanceId: id }) => id !== undefined)) {
          const [primary = '', ...pods] = node.privateIps;
          node.privateIps = [primary];
          slices.networkInterfaces.push({ ...node, id: `${node.id}1`, deviceIndex: 1, privateIps: pods });
        }
      }),
      targets: [instanceId(0), instanceId(1)],
      confidence: 'confirmed',
      saw: /AWS_VPC_CNI_NODE_PORT_SUPPORT is false, and the pods on each of these nodes belong to a secondary interface/,
    },
    {
      name: 'only the one that was asked, where another node runs another image',
      facts: given(local, silent, byCilium, ({ slices }) => {
        for (const instance of slices.instances) if (instance.id === instanceId(1)) instance.imageId = 'ami-other';
      }),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: /no answer/,
    },
    {
      name: 'only the one that was asked, where the pods are of two templates',
      facts: given(local, silent, byCilium, ({ slices }) => {
        for (const [index, { metadata }] of slices.pods.entries()) metadata.labels['pod-template-hash'] = `${index}`;
      }),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: /no answer/,
    },
  ],
  ruledOut: [
    { name: 'a target that accepts', facts: given(local, answers({ kind: 'open' })) },
    { name: 'a target that refuses', facts: given(local, answers({ kind: 'refused' })) },
    {
      name: 'a health check of the traffic port itself',
      facts: given(local, silent, ({ slices }) => {
        for (const target of slices.targetHealth) target.healthCheckPort = target.port;
      }),
    },
    {
      name: 'a target group that no listener uses',
      facts: given(local, silent, ({ slices }) => {
        for (const { forwards } of slices.listeners) for (const forward of forwards) forward.weight = 0;
      }),
    },
  ],
});

test.each<[string, (facts: Facts) => void]>([
  ['no target was asked', () => {}],
  [
    'no rule admits the prober',
    (facts) => {
      silent(facts);
      shutOut(facts);
    },
  ],
  ['the node has no ready pod', answers({ kind: 'timeout', phase: 'connect' }, instanceId(2))],
  [
    'the target has failed meanwhile',
    (facts) => {
      silent(facts);
      fail(facts.slices.targetHealth, instanceId(0));
    },
  ],
])('where %s it is unknown', (_, change) => {
  const facts = given(local, change)();
  expect(groupsOf(facts).flatMap((group) => examine(group, facts, [trafficPortSilent]))).toMatchObject([
    { outcome: 'unknown' },
  ]);
});
