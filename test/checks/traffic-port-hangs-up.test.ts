import { expect, test } from 'vitest';
import { trafficPortHangsUp } from '../../core/checks/answer/traffic-port-hangs-up.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { ProbeOutcome, ProbePurpose } from '../../core/model/probe-result.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { fail, instanceId, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const withAttributes = (facts: Facts, header = 'false'): void => {
  for (const { attributes } of facts.slices.targetGroups) attributes['proxy_protocol_v2.enabled'] = header;
};
const local = (): Facts => given(() => sampleFacts({ policy: 'Local' }), withAttributes)();
const answers =
  (outcome: ProbeOutcome, purpose: ProbePurpose = 'client-first-bytes') =>
  (facts: Facts): void =>
    probe(facts, purpose, outcome, { only: instanceId(0), protocol: 'HTTP', port: 31080 });
const hangsUp = answers({ kind: 'reset', phase: 'response' });
const mesh = ({ slices }: Facts): void => {
  for (const { spec } of slices.pods)
    spec.containers.push(...spec.containers.map((container) => ({ ...container, name: 'istio-proxy' })));
};
const exempt = ({ slices }: Facts): void => {
  for (const { metadata } of slices.pods)
    metadata.annotations['traffic.sidecar.istio.io/excludeInboundPorts'] = '9090, 8000-8080';
};
const behindTcpCheck = (facts: Facts): void => {
  withAttributes(facts);
  for (const { healthCheck } of facts.slices.targetGroups) healthCheck.protocol = 'TCP';
};

testCheck(trafficPortHangsUp, {
  found: [
    {
      name: 'a proxy of a mesh in every pod closes the connection',
      facts: given(local, mesh, hangsUp),
      targets: [],
      confidence: 'confirmed',
      saw: /connection reset.*; every ready pod runs istio-proxy, which takes this port/,
      values: { port: 8080, exemption: 'traffic.sidecar.istio.io/excludeInboundPorts' },
    },
    {
      name: 'the same behind a TCP check of the traffic port',
      facts: given(sampleFacts, behindTcpCheck, mesh, hangsUp),
      targets: [],
      confidence: 'confirmed',
      saw: /every ready pod runs istio-proxy/,
    },
    {
      name: 'an application hangs up by itself, which it may do on an unknown host name',
      facts: given(local, hangsUp),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: /reset/,
      values: { bare: 'yes' },
    },
    {
      name: 'a port that is exempt from the proxy is judged as the application’s own',
      facts: given(local, mesh, exempt, hangsUp),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: /reset/,
    },
  ],
  ruledOut: [
    { name: 'an answer of 404', facts: given(local, mesh, answers({ kind: 'http', status: 404 })) },
    { name: 'an answer of 400', facts: given(local, mesh, answers({ kind: 'http', status: 400 })) },
    {
      name: 'a target that has failed meanwhile',
      facts: given(local, mesh, hangsUp, (facts) => fail(facts.slices.targetHealth, instanceId(0))),
    },
    {
      name: 'a port that is not for HTTP',
      facts: given(local, mesh, hangsUp, ({ slices }) => {
        for (const { spec } of slices.services) for (const port of spec.ports) port.name = 'amqp';
      }),
    },
    {
      name: 'an HTTP health check of the traffic port, which sees the same',
      facts: given(sampleFacts, withAttributes, mesh, hangsUp, ({ slices }) => {
        for (const { healthCheck } of slices.targetGroups) healthCheck.protocol = 'HTTP';
      }),
    },
    {
      name: 'a header that the load balancer sends and the probe did not',
      facts: given(local, mesh, hangsUp, (facts) => withAttributes(facts, 'true')),
    },
    {
      name: 'a target group that no listener uses',
      facts: given(local, mesh, hangsUp, ({ slices }) => {
        for (const { forwards } of slices.listeners) for (const forward of forwards) forward.weight = 0;
      }),
    },
  ],
});

test.each<[string, (facts: Facts) => void]>([
  ['no target was asked', () => {}],
  ['no answer came', answers({ kind: 'timeout', phase: 'connect' })],
  ['a server speaks first', answers({ kind: 'not-http', firstBytes: '220 ready' })],
  [
    'it is not known whether the load balancer sends a header',
    (facts) => {
      hangsUp(facts);
      for (const group of facts.slices.targetGroups) group.attributes = {};
    },
  ],
])('where %s it is unknown', (_, change) => {
  const facts = given(local, change)();
  expect(groupsOf(facts).flatMap((group) => examine(group, facts, [trafficPortHangsUp]))).toMatchObject([
    { outcome: 'unknown' },
  ]);
});
