import { nodeCniDataplaneBroken } from '../../core/checks/node/node-cni-dataplane-broken.ts';
import type { Facts } from '../../core/model/facts.ts';
import { openFacts, silence } from '../core/network/open-path.ts';
import { fail, instanceId, nodeName, probe } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const silent = given(openFacts, (facts) => {
  fail(facts.slices.targetHealth, instanceId(0));
  silence(facts, instanceId(0));
});
const condition = (facts: Facts, status: string, index = 0) => {
  facts.slices.nodes[index]?.status.conditions.push({
    type: 'NetworkingReady',
    status,
    reason: 'MissingIPRules',
    message: 'rules are missing',
  });
};
const report = (facts: Facts, reason: string, lastSeen = '2026-11-20T11:58:00Z') => {
  facts.slices.events.push({
    namespace: 'default',
    regarding: { kind: 'Node', name: nodeName(0) },
    type: 'Warning',
    reason,
    note: 'seen by the agent',
    count: 2,
    firstSeen: lastSeen,
    lastSeen,
  });
};

testCheck(nodeCniDataplaneBroken, {
  found: [
    {
      name: 'the condition of the node monitoring agent, and silence',
      facts: given(silent, (facts) => condition(facts, 'False')),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: `${nodeName(0)}: NetworkingReady is False, MissingIPRules, rules are missing; port 31080`,
      values: { node: nodeName(0) },
    },
    {
      name: 'an event of the agent, and silence',
      facts: given(silent, (facts) => report(facts, 'MACAddressPolicyMisconfigured')),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: 'MACAddressPolicyMisconfigured (2×): seen by the agent',
      values: { macAddressPolicy: 'none' },
    },
    {
      name: 'the report on every node, and silence of the whole group',
      facts: given(openFacts, (facts) => {
        fail(facts.slices.targetHealth);
        for (const index of [0, 1, 2]) {
          silence(facts, instanceId(index));
          condition(facts, 'False', index);
        }
      }),
      targets: [0, 1, 2].map(instanceId),
      confidence: 'probable',
      saw: 'NetworkingReady is False',
    },
    {
      name: 'the report, and a second silent node beside one that serves',
      facts: given(silent, (facts) => {
        condition(facts, 'False');
        fail(facts.slices.targetHealth, instanceId(1));
        silence(facts, instanceId(1));
      }),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: 'NetworkingReady is False',
    },
  ],
  ruledOut: [
    { name: 'silence without a report', facts: silent },
    { name: 'a network that is ready', facts: given(silent, (facts) => condition(facts, 'True')) },
    { name: 'a report about another node', facts: given(silent, (facts) => condition(facts, 'False', 1)) },
    {
      name: 'a report of yesterday',
      facts: given(silent, (facts) => report(facts, 'MissingIPRules', '2026-11-19T11:58:00Z')),
    },
    {
      name: 'silence of the whole group, of which only one node has such a report',
      facts: given(openFacts, (facts) => {
        fail(facts.slices.targetHealth);
        for (const index of [0, 1, 2]) silence(facts, instanceId(index));
        condition(facts, 'False');
      }),
    },
    { name: 'an exceeded allowance', facts: given(silent, (facts) => report(facts, 'ConntrackExceeded')) },
    {
      name: 'a target that refuses',
      facts: given(openFacts, (facts) => {
        fail(facts.slices.targetHealth, instanceId(0));
        condition(facts, 'False');
        probe(facts, 'health-check', { kind: 'refused' }, { only: instanceId(0) });
      }),
    },
  ],
});
