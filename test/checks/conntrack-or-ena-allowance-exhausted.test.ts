import { conntrackOrEnaAllowanceExhausted } from '../../core/checks/network/conntrack-or-ena-allowance-exhausted.ts';
import type { Facts } from '../../core/model/facts.ts';
import { nodeGroup, openFacts, shutOut, silence } from '../core/network/open-path.ts';
import { fail, instanceId, nodeName, probe } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const report = (change: { reason?: string; lastSeen?: string; name?: string } = {}) => ({
  namespace: 'default',
  regarding: { kind: 'Node', name: change.name ?? nodeName(0) },
  type: 'Warning',
  reason: change.reason ?? 'ConntrackExceeded',
  note: 'conntrack_allowance_exceeded increased by 412',
  count: 9,
  firstSeen: '2026-11-20T11:00:00Z',
  lastSeen: change.lastSeen ?? '2026-11-20T11:58:00Z',
});
const silent = given(openFacts, (facts) => {
  fail(facts.slices.targetHealth, instanceId(0));
  silence(facts, instanceId(0));
});
const sometimes = (facts: Facts) => {
  fail(facts.slices.targetHealth, instanceId(0));
  for (let attempt = 0; attempt < 10; attempt += 1)
    probe(facts, 'health-check', attempt % 3 === 0 ? { kind: 'timeout', phase: 'connect' } : { kind: 'open' }, {
      only: instanceId(0),
      protocol: 'TCP',
    });
};

const reconnect = (facts: Facts, lost: number) => {
  for (let attempt = 0; attempt < 10; attempt += 1)
    probe(facts, 'connect-again', attempt < lost ? { kind: 'timeout', phase: 'connect' } : { kind: 'open' }, {
      only: instanceId(0),
      protocol: 'TCP',
    });
};

testCheck(conntrackOrEnaAllowanceExhausted, {
  found: [
    {
      name: 'a report of the node monitoring agent, and silence',
      facts: given(silent, ({ slices }) => slices.events.push(report())),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: `ConntrackExceeded on ${nodeName(0)} (9×): conntrack_allowance_exceeded increased by 412; 1 of 1 connections`,
    },
    {
      name: 'a pod as target on the reported node',
      facts: given(
        () => openFacts({ targetType: 'ip' }),
        (facts) => {
          fail(facts.slices.targetHealth, '10.0.0.100');
          probe(facts, 'health-check', { kind: 'timeout', phase: 'connect' }, { only: '10.0.0.100' });
          facts.slices.events.push(report({ reason: 'PPSExceeded' }));
        },
      ),
      targets: ['10.0.0.100'],
      confidence: 'probable',
      saw: 'PPSExceeded',
    },
    {
      name: 'several ports of the host that fail now and then',
      facts: given(openFacts, (facts) => {
        sometimes(facts);
        probe(facts, 'kube-proxy-healthz', { kind: 'timeout', phase: 'connect' }, { only: instanceId(0), port: 10256 });
      }),
      targets: [instanceId(0)],
      confidence: 'possible',
      saw: '4 of 10 connections got no answer',
    },
    {
      name: 'a report, and a node that answers some of the connections from new ports',
      facts: given(silent, (facts) => {
        reconnect(facts, 6);
        facts.slices.events.push(report());
      }),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: /ConntrackExceeded on .*6 of 10 connections got no answer/,
    },
  ],
  ruledOut: [
    {
      name: 'a node that answers some of the connections from new ports, without a report: the loss has a check of its own',
      facts: given(silent, (facts) => reconnect(facts, 6)),
    },
    {
      name: 'a node that answers none of the connections from new ports',
      facts: given(silent, (facts) => reconnect(facts, 10)),
    },
    {
      name: 'a node that answers all of them',
      facts: given(silent, (facts) => reconnect(facts, 0)),
    },
    { name: 'silence without a report', facts: silent },
    {
      name: 'a report about another node',
      facts: given(silent, ({ slices }) => slices.events.push(report({ name: nodeName(1) }))),
    },
    {
      name: 'a report of yesterday',
      facts: given(silent, ({ slices }) => slices.events.push(report({ lastSeen: '2026-11-19T11:58:00Z' }))),
    },
    {
      name: 'a report, and an application that answers badly',
      facts: given(openFacts, (facts) => {
        fail(facts.slices.targetHealth, instanceId(0));
        probe(facts, 'health-check', { kind: 'http', status: 500 }, { only: instanceId(0) });
        facts.slices.events.push(report());
      }),
    },
    {
      name: 'a report, and a prober that no rule admits',
      facts: given(silent, (facts) => {
        facts.slices.events.push(report());
        shutOut(facts);
      }),
    },
    { name: 'one port that fails now and then', facts: given(openFacts, sometimes) },
    {
      name: 'one port that fails now and then, and one that is closed to the prober',
      facts: given(openFacts, (facts) => {
        sometimes(facts);
        probe(facts, 'kube-proxy-healthz', { kind: 'timeout', phase: 'connect' }, { only: instanceId(0), port: 10256 });
        for (const each of nodeGroup(facts).rules)
          if (!each.egress) Object.assign(each, { protocol: 'tcp', fromPort: 31080, toPort: 31080 });
      }),
    },
    {
      name: 'a report, and security groups that explain the silence',
      facts: given(silent, (facts) => {
        nodeGroup(facts).rules = [];
        facts.slices.events.push(report());
      }),
    },
  ],
});
