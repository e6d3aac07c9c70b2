import { expect, test } from 'vitest';
import { nodeToNodeSgBlocksPodPort } from '../../core/checks/network/node-to-node-sg-blocks-pod-port.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { nodeGroup, openFacts } from '../core/network/open-path.ts';
import { fail, instanceId, nodeName, probe, rule } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

/** Nodes admit each other from 1025 up, and the pods listen on 80. */
const lowPort = given(openFacts, (facts) => {
  nodeGroup(facts).rules = [
    rule({ egress: true, fromPort: -1, toPort: -1, protocol: '-1', cidrIpv4: '0.0.0.0/0' }),
    rule({ fromPort: 0, toPort: 65535, referencedGroupId: 'sg-0000000000000000b' }),
    rule({ fromPort: 1025, toPort: 65535, referencedGroupId: 'sg-0000000000000000a' }),
  ];
  for (const { spec } of facts.slices.services) for (const port of spec.ports) port.targetPort = 80;
  fail(facts.slices.targetHealth, instanceId(2));
});
const flap = (facts: Facts) => {
  fail(facts.slices.targetHealth, instanceId(0));
  for (let attempt = 0; attempt < 20; attempt += 1)
    probe(facts, 'health-check', attempt % 2 === 0 ? { kind: 'open' } : { kind: 'timeout', phase: 'connect' }, {
      only: instanceId(0),
      protocol: 'TCP',
    });
};

const closedOutbound = given(openFacts, (facts) => {
  nodeGroup(facts).rules = [
    rule({ egress: true, fromPort: 443, toPort: 443, cidrIpv4: '0.0.0.0/0' }),
    rule({ fromPort: 0, toPort: 65535, referencedGroupId: 'sg-0000000000000000b' }),
    rule({ fromPort: 0, toPort: 65535, referencedGroupId: 'sg-0000000000000000a' }),
  ];
  fail(facts.slices.targetHealth, instanceId(2));
});

/** The pod of zone b is meant for zones b and c, that of zone a for zone a. */
const hinted = given(lowPort, ({ slices }) => {
  const zones = [['eu-west-1a'], ['eu-west-1b', 'eu-west-1c']];
  for (const { endpoints } of slices.endpointSlices)
    for (const [index, endpoint] of endpoints.entries()) endpoint.hints = { zones: zones[index] ?? [] };
});

testCheck(nodeToNodeSgBlocksPodPort, {
  found: [
    {
      name: 'a node that by hints uses the pod of another zone only',
      facts: hinted,
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: '1 of 1 ready pods cannot be reached from the node',
    },
    {
      name: 'a node without a pod reaches none',
      facts: lowPort,
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: '2 of 2 ready pods cannot be reached from the node, 0 on the node itself',
    },
    {
      name: 'a node with one of two pods fails every other time',
      facts: given(lowPort, (facts) => {
        facts.slices.targetHealth.splice(2, 1);
        flap(facts);
      }),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: '10 of 20 connections to the NodePort succeeded',
    },
    {
      name: 'a node with one of two pods, not probed',
      facts: given(lowPort, (facts) => {
        facts.slices.targetHealth.splice(2, 1);
        fail(facts.slices.targetHealth, instanceId(0));
      }),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: '1 of 2 ready pods cannot be reached from the node, 1 on the node itself',
    },
    {
      name: 'nodes that may not open connections to each other',
      facts: closedOutbound,
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: 'sg-0000000000000000a: no egress rule for TCP 8080 to 10.0.0.100',
    },
    {
      name: 'a pod that has ended had the address before, on the node without pods',
      facts: given(lowPort, ({ slices }) => {
        const [pod] = slices.pods;
        if (pod === undefined) throw new Error('the sample has no pod');
        const ended = structuredClone(pod);
        ended.metadata.name = 'report-1';
        ended.spec.nodeName = nodeName(2);
        ended.status.phase = 'Succeeded';
        slices.pods.unshift(ended);
      }),
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: '2 of 2 ready pods cannot be reached from the node, 0 on the node itself',
    },
  ],
  ruledOut: [
    {
      name: 'a node that by hints uses its own pod only',
      facts: given(hinted, ({ slices }) => {
        for (const each of slices.targetHealth) each.state = 'healthy';
        fail(slices.targetHealth, instanceId(0));
      }),
    },
    {
      name: 'every connection to the NodePort succeeds: zone hints keep kube-proxy from sending to the other node',
      facts: given(lowPort, (facts) => {
        facts.slices.targetHealth.splice(2, 1);
        fail(facts.slices.targetHealth, instanceId(0));
        for (let attempt = 0; attempt < 20; attempt += 1)
          probe(facts, 'health-check', { kind: 'open' }, { only: instanceId(0), protocol: 'TCP' });
      }),
    },
    {
      name: 'the same rules and a pod port above 1024',
      facts: given(lowPort, ({ slices }) => {
        for (const { spec } of slices.services) for (const port of spec.ports) port.targetPort = 8080;
      }),
    },
    {
      name: 'externalTrafficPolicy Local',
      facts: given(lowPort, ({ slices }) => {
        for (const { spec } of slices.services) spec.externalTrafficPolicy = 'Local';
      }),
    },
    {
      name: 'every pod on the node itself',
      facts: given(lowPort, (facts) => {
        for (const { spec } of facts.slices.pods) spec.nodeName = facts.slices.nodes[2]?.metadata.name ?? '';
      }),
    },
    { name: 'nodes that admit each other', facts: given(openFacts, ({ slices }) => fail(slices.targetHealth)) },
  ],
});

test.each([
  ['ingress', lowPort],
  ['egress', closedOutbound],
])('mends the %s rules where they are what stops the packets', (direction, make) => {
  const facts = make();
  const findings = groupsOf(facts).flatMap((group) => examine(group, facts, [nodeToNodeSgBlocksPodPort]));
  const directions = findings.flatMap((finding) =>
    finding.outcome === 'found' ? finding.evidence.map(({ values }) => values?.['direction']) : [],
  );
  expect(directions).toEqual([direction]);
});
