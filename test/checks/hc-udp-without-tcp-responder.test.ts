import { hcUdpWithoutTcpResponder } from '../../core/checks/configuration/hc-udp-without-tcp-responder.ts';
import type { TargetType } from '../../core/model/aws.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { ProbeOutcome } from '../../core/model/probe-result.ts';
import { fail, instanceId, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { bothPods, changeHealthCheck } from './http-check.ts';

const udp = (
  outcome: ProbeOutcome | undefined,
  change: (facts: Facts) => void = () => undefined,
  targetType: TargetType = 'ip',
) =>
  given(
    () => sampleFacts({ targetType }),
    (facts) => {
      for (const targetGroup of facts.slices.targetGroups) targetGroup.protocol = 'UDP';
      for (const { spec } of facts.slices.services) for (const port of spec.ports) port.protocol = 'UDP';
      fail(facts.slices.targetHealth);
      if (outcome) probe(facts, 'health-check', outcome, { protocol: 'TCP' });
      change(facts);
    },
  );
const addTcp = (change: { targetPort: number | string; nodePort: number }) => (facts: Facts) => {
  for (const { spec } of facts.slices.services) spec.ports.push({ name: 'tcp', protocol: 'TCP', port: 81, ...change });
};
const addNamedTcp = (facts: Facts, name: string, containerPort: number) => {
  addTcp({ targetPort: name, nodePort: 31090 })(facts);
  for (const { spec } of facts.slices.pods)
    for (const { ports } of spec.containers) ports.push({ name, containerPort });
};
const nodes = [0, 1, 2].map(instanceId);

testCheck(hcUdpWithoutTcpResponder, {
  found: [
    {
      name: 'pods that refuse TCP on the UDP port',
      facts: udp({ kind: 'refused' }),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'UDP target group, checked with TCP on port 8080; TCP 10.0.0.10:8080: connection refused',
    },
    {
      name: 'nodes that refuse TCP on the NodePort of UDP',
      facts: udp({ kind: 'refused' }, addTcp({ targetPort: 8080, nodePort: 31090 }), 'instance'),
      targets: nodes,
      confidence: 'confirmed',
      saw: 'checked with TCP on port 31080',
      values: { port: 31090 },
    },
    {
      name: 'an HTTP check of the traffic port, beside a named TCP port for health',
      facts: udp({ kind: 'refused' }, (facts) => {
        changeHealthCheck(facts, { protocol: 'HTTP', path: '/' });
        addNamedTcp(facts, 'health', 9090);
      }),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'checked with HTTP on port 8080',
      values: { port: 9090 },
    },
    {
      name: 'the traffic port by its number',
      facts: udp({ kind: 'refused' }, (facts) => changeHealthCheck(facts, { port: '8080' })),
      targets: bothPods,
      confidence: 'confirmed',
      saw: 'checked with TCP on port 8080',
    },
    {
      name: 'QUIC, where nothing was probed',
      facts: udp(undefined, (facts) => {
        for (const targetGroup of facts.slices.targetGroups) targetGroup.protocol = 'QUIC';
      }),
      targets: bothPods,
      confidence: 'probable',
      saw: 'QUIC target group',
    },
  ],
  ruledOut: [
    {
      name: 'a TCP port of the Service with the same number',
      facts: udp({ kind: 'refused' }, addTcp({ targetPort: 8080, nodePort: 31090 })),
    },
    {
      name: 'a TCP port of the Service that leads to the same number by another name, where nothing was probed',
      facts: udp(undefined, (facts) => addNamedTcp(facts, 'dns-tcp', 8080)),
    },
    { name: 'no answer at all, as from a filter', facts: udp({ kind: 'timeout', phase: 'connect' }) },
    { name: 'a process that takes TCP on that port', facts: udp({ kind: 'open' }) },
    {
      name: 'a check of another port, as kube-proxy answers under Local',
      facts: udp({ kind: 'refused' }, (facts) => {
        changeHealthCheck(facts, { protocol: 'HTTP', port: '32080' });
        for (const target of facts.slices.targetHealth) target.healthCheckPort = 32080;
      }),
    },
    {
      name: 'a target group that takes TCP as well',
      facts: udp({ kind: 'refused' }, (facts) => {
        for (const targetGroup of facts.slices.targetGroups) targetGroup.protocol = 'TCP_UDP';
      }),
    },
  ],
});
