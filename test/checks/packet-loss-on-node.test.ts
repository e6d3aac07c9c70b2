import { packetLossOnNode } from '../../core/checks/node/packet-loss-on-node.ts';
import type { Facts } from '../../core/model/facts.ts';
import { nodeGroup, openFacts, silence } from '../core/network/open-path.ts';
import { fail, instanceId, nodeName, probe } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const silentAnswer = { kind: 'timeout', phase: 'connect' } as const;
const silent = given(openFacts, (facts) => {
  fail(facts.slices.targetHealth, instanceId(0));
  silence(facts, instanceId(0));
});
/** Ten connections to a node, of which the first ones are lost. */
const reconnect = (facts: Facts, lost: number, id = instanceId(0)) => {
  for (let attempt = 0; attempt < 10; attempt += 1)
    probe(facts, 'connect-again', attempt < lost ? silentAnswer : { kind: 'open' }, { only: id, protocol: 'TCP' });
};
/** One of two pods as targets loses half of the connections. */
const busyPod = given(
  () => openFacts({ targetType: 'ip' }),
  (facts) => {
    fail(facts.slices.targetHealth, '10.0.0.100');
    for (const each of facts.slices.targetHealth) if (each.id === '10.0.0.100') reconnect(facts, 5, each.id);
    for (const each of facts.slices.probes) each.request.address = '10.0.0.100';
  },
);
/** Ten connections to a port of the node behind that pod, of which the first ones are lost. */
function connectToNode(facts: Facts, lost: number): void {
  const where = { only: '10.0.0.100', address: '10.0.0.10', port: 10256, protocol: 'TCP' } as const;
  for (let attempt = 0; attempt < 10; attempt += 1)
    probe(facts, 'connect-node', attempt < lost ? silentAnswer : { kind: 'open' }, where);
}
const losing = (lost: number) => given(silent, (facts) => reconnect(facts, lost));

testCheck(packetLossOnNode, {
  found: [
    {
      name: 'some of ten connections are lost, and nodes of the same image are healthy',
      facts: losing(6),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: `${nodeName(0)}: 6 of 10 connections from new source ports got no answer, the others did; 2 targets on other nodes are healthy; 2 of them on nodes of the same image ami-0aaaaaaaaaaaaaa01: the image is not the cause`,
      values: { node: nodeName(0) },
    },
    {
      name: 'the first check was answered, as most are',
      facts: given(openFacts, (facts) => {
        fail(facts.slices.targetHealth, instanceId(0));
        probe(facts, 'health-check', { kind: 'open' }, { only: instanceId(0), protocol: 'TCP' });
        reconnect(facts, 4);
      }),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: '4 of 10 connections',
    },
    {
      name: 'another failing node answers the same probes without loss',
      facts: given(losing(6), (facts) => {
        fail(facts.slices.targetHealth, instanceId(1));
        probe(facts, 'health-check', { kind: 'open' }, { only: instanceId(1), protocol: 'TCP' });
        reconnect(facts, 0, instanceId(1));
      }),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: '1 targets on other nodes are healthy, 1 answered without loss',
    },
    {
      name: 'a pod as target, and its node loses connections to a port of its own',
      facts: given(busyPod, (facts) => connectToNode(facts, 3)),
      targets: ['10.0.0.100'],
      confidence: 'probable',
      saw: `${nodeName(0)}: 5 of 10 connections from new source ports got no answer, the others did; port 10256 of the node itself lost 3 of 10;`,
    },
    {
      name: 'a pod as target, and its node answered another request only to a repeated SYN',
      facts: given(busyPod, (facts) => {
        const where = { only: '10.0.0.100', address: '10.0.0.10', port: 10256 };
        probe(facts, 'kube-proxy-healthz', { kind: 'http', status: 200 }, where);
        for (const each of facts.slices.probes) if (each.purpose === 'kube-proxy-healthz') each.lostBefore = 1;
      }),
      targets: ['10.0.0.100'],
      confidence: 'probable',
      saw: `${nodeName(0)}: 5 of 10 connections`,
    },
  ],
  ruledOut: [
    {
      name: 'the node takes every connection to its own port: the accept queue of the pod is full',
      facts: given(busyPod, (facts) => connectToNode(facts, 0)),
    },
    {
      name: 'one of ten connections to the node’s own port is lost',
      facts: given(busyPod, (facts) => connectToNode(facts, 1)),
    },
    {
      name: 'the node’s own port answers nothing at all: a filter drops it',
      facts: given(busyPod, (facts) => {
        connectToNode(facts, 10);
        probe(facts, 'kube-proxy-healthz', silentAnswer, { only: '10.0.0.100', address: '10.0.0.10', port: 10256 });
      }),
    },
    { name: 'a pod alone loses connections: its accept queue may be full', facts: busyPod },
    {
      name: 'the node forwards to a pod that no other node uses',
      facts: given(losing(6), ({ slices }) => {
        for (const { endpoints } of slices.endpointSlices)
          for (const [index, endpoint] of endpoints.entries()) {
            endpoint.hints = {
              zones: [index === 0 ? 'eu-west-1a' : 'eu-west-1b', ...(index === 0 ? [] : ['eu-west-1c'])],
            };
          }
      }),
    },
    { name: 'all connections are lost', facts: losing(10) },
    { name: 'none is', facts: losing(0) },
    { name: 'one of ten is lost', facts: losing(1) },
    {
      name: 'every node loses some',
      facts: given(silent, (facts) => {
        fail(facts.slices.targetHealth);
        for (const index of [0, 1, 2]) reconnect(facts, 5, instanceId(index));
      }),
    },
    {
      name: 'security groups admit only some of the load balancer’s nodes',
      facts: given(losing(6), (facts) => {
        nodeGroup(facts).rules = [];
      }),
    },
  ],
});
