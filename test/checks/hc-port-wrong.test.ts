import { hcPortWrong } from '../../core/checks/configuration/hc-port-wrong.ts';
import type { Facts } from '../../core/model/facts.ts';
import { openFacts, shutOut } from '../core/network/open-path.ts';
import { endedJob, fail, instanceId, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const port80 = (facts: Facts) => {
  for (const group of facts.slices.targetGroups) group.healthCheck.port = '80';
  for (const target of facts.slices.targetHealth) target.healthCheckPort = 80;
  fail(facts.slices.targetHealth);
};
const ipTargets = (change: (facts: Facts) => void) =>
  given(
    () => openFacts({ targetType: 'ip' }),
    (facts) => {
      port80(facts);
      change(facts);
    },
  );
const silentPort = (facts: Facts) => {
  port80(facts);
  probe(facts, 'health-check', { kind: 'timeout', phase: 'connect' });
  probe(facts, 'traffic-port', { kind: 'open' });
};
const all = [instanceId(0), instanceId(1), instanceId(2)];

testCheck(hcPortWrong, {
  found: [
    {
      name: 'the Service port behind instance targets, not probed',
      facts: given(sampleFacts, port80),
      targets: all,
      confidence: 'probable',
      saw: '80 is no NodePort of the Service',
    },
    {
      name: 'it refuses while the traffic port answers',
      facts: given(sampleFacts, (facts) => {
        port80(facts);
        probe(facts, 'health-check', { kind: 'refused' });
        probe(facts, 'traffic-port', { kind: 'open' });
      }),
      targets: all,
      confidence: 'confirmed',
      saw: 'health check port 80: connection refused; traffic port 31080: connected',
    },
    {
      name: 'silence on it, which a filter may make as well',
      facts: given(sampleFacts, silentPort),
      targets: all,
      confidence: 'probable',
      saw: 'health check port 80: no answer to the SYN; traffic port 31080: connected',
    },
    {
      name: 'a port that the pod declares and does not open',
      facts: ipTargets((facts) => {
        for (const { spec } of facts.slices.pods) spec.containers[0]?.ports.push({ containerPort: 80 });
        probe(facts, 'health-check', { kind: 'refused' });
        probe(facts, 'traffic-port', { kind: 'open' });
      }),
      targets: ['10.0.0.100', '10.0.1.100'],
      confidence: 'confirmed',
      saw: 'health check port 80: connection refused; traffic port 8080: connected',
    },
    {
      name: 'a port that jobs declared whose pods had the addresses before',
      facts: ipTargets((facts) => {
        for (const address of ['10.0.0.100', '10.0.1.100'])
          endedJob(facts, address).spec.containers[0]?.ports.push({ containerPort: 80 });
        probe(facts, 'health-check', { kind: 'timeout', phase: 'connect' });
        probe(facts, 'traffic-port', { kind: 'open' });
      }),
      targets: ['10.0.0.100', '10.0.1.100'],
      confidence: 'confirmed',
      saw: 'health check port 80: no answer to the SYN; traffic port 8080: connected',
    },
    {
      name: 'a target group of no Service',
      facts: given(sampleFacts, (facts) => {
        port80(facts);
        facts.owners = [];
        probe(facts, 'health-check', { kind: 'refused' });
        probe(facts, 'traffic-port', { kind: 'open' });
      }),
      targets: all,
      confidence: 'confirmed',
      saw: 'health check port 80: connection refused; traffic port 31080: connected',
    },
    {
      name: 'it is silent, and the prober would be heard',
      facts: given(openFacts, silentPort),
      targets: all,
      confidence: 'confirmed',
      saw: 'health check port 80: no answer to the SYN; traffic port 31080: connected',
    },
    {
      name: 'it is silent to a prober that no rule admits there',
      facts: given(openFacts, (facts) => {
        silentPort(facts);
        shutOut(facts);
      }),
      targets: all,
      confidence: 'probable',
      saw: 'health check port 80: no answer to the SYN',
    },
  ],
  ruledOut: [
    {
      name: 'a host process that serves the port',
      facts: given(sampleFacts, (facts) => {
        port80(facts);
        probe(facts, 'health-check', { kind: 'open' });
      }),
    },
    {
      name: 'a host process that takes the connection and says nothing',
      facts: given(sampleFacts, (facts) => {
        port80(facts);
        probe(facts, 'health-check', { kind: 'timeout', phase: 'response' });
        probe(facts, 'traffic-port', { kind: 'open' });
      }),
    },
    {
      name: 'the healthCheckNodePort under Local',
      facts: given(
        () => sampleFacts({ policy: 'Local' }),
        (facts) => {
          fail(facts.slices.targetHealth);
          probe(facts, 'health-check', { kind: 'refused' });
        },
      ),
    },
    {
      name: 'the port of kube-proxy, which the shared probe mode of cloud-provider-aws asks',
      facts: given(sampleFacts, (facts) => {
        for (const group of facts.slices.targetGroups) group.healthCheck.port = '10256';
        for (const target of facts.slices.targetHealth) target.healthCheckPort = 10256;
        fail(facts.slices.targetHealth);
        probe(facts, 'health-check', { kind: 'refused' });
        probe(facts, 'traffic-port', { kind: 'open' });
      }),
    },
    {
      name: 'a port of the pod that a security group closes',
      facts: ipTargets((facts) => {
        for (const { spec } of facts.slices.pods) spec.containers[0]?.ports.push({ containerPort: 80 });
        probe(facts, 'health-check', { kind: 'timeout', phase: 'connect' });
        probe(facts, 'traffic-port', { kind: 'open' });
      }),
    },
    {
      name: 'a port of a DaemonSet on the host network that a security group closes',
      facts: given(sampleFacts, (facts) => {
        port80(facts);
        for (const { spec } of facts.slices.pods) {
          spec.hostNetwork = true;
          spec.containers[0]?.ports.push({ containerPort: 80 });
        }
        probe(facts, 'health-check', { kind: 'timeout', phase: 'connect' });
        probe(facts, 'traffic-port', { kind: 'open' });
      }),
    },
    {
      name: 'a target group of no Service that is silent on both ports',
      facts: given(sampleFacts, (facts) => {
        port80(facts);
        facts.owners = [];
        probe(facts, 'health-check', { kind: 'refused' });
        probe(facts, 'traffic-port', { kind: 'timeout', phase: 'connect' });
      }),
    },
    {
      name: 'an ip target that refuses on both ports',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        (facts) => {
          port80(facts);
          probe(facts, 'health-check', { kind: 'refused' });
          probe(facts, 'traffic-port', { kind: 'refused' });
        },
      ),
    },
    {
      name: 'an ip target with a port of its own for health checks, to which no rule admits the prober',
      facts: given(
        () => openFacts({ targetType: 'ip' }),
        (facts) => {
          silentPort(facts);
          shutOut(facts);
        },
      ),
    },
  ],
});
