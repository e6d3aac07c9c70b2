import { tlsEndedTwice } from '../../core/checks/answer/tls-ended-twice.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { ContainerProbe } from '../../core/model/kubernetes.ts';
import type { ProbeOutcome } from '../../core/model/probe-result.ts';
import { instanceId, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const shaken: ProbeOutcome = { kind: 'open' };
const plain: ProbeOutcome = { kind: 'tls-failed', detail: 'wrong version number' };

const endsTls = ({ slices }: Facts): void => {
  for (const listener of slices.listeners) listener.protocol = 'TLS';
};
const answers =
  (outcome: ProbeOutcome) =>
  (facts: Facts): void =>
    probe(facts, 'client-tls', outcome, { only: instanceId(0), protocol: 'TLS' });
const probedBy =
  (readinessProbe: ContainerProbe) =>
  ({ slices }: Facts): void => {
    for (const { spec } of slices.pods)
      for (const container of spec.containers) container.readinessProbe = readinessProbe;
  };
const connects = probedBy({ tcpSocket: { port: 8080 } });
const over = (...changes: ((facts: Facts) => void)[]) =>
  given(sampleFacts, (facts) => {
    endsTls(facts);
    for (const change of changes) change(facts);
  });

testCheck(tlsEndedTwice, {
  found: [
    {
      name: 'a target that takes part in a TLS handshake behind a TLS listener',
      facts: over(connects, answers(shaken)),
      targets: [],
      confidence: 'confirmed',
      saw: /TLS 10\.0\.0\.10:31080 of a healthy target: the handshake succeeds; the TLS listener on 80 forwards plain text/,
    },
    {
      name: 'a target that wants a certificate of the client',
      facts: over(connects, answers({ kind: 'tls-failed', detail: 'tlsv13 alert certificate required' })),
      targets: [],
      confidence: 'confirmed',
      saw: /alert certificate required/,
    },
    {
      name: 'a target that the kubelet asks by HTTPS',
      facts: over(probedBy({ httpGet: { path: '/ready', port: 8080, scheme: 'HTTPS' } }), answers(shaken)),
      targets: [],
      confidence: 'confirmed',
      saw: /the handshake succeeds/,
    },
    {
      name: 'a target group that no Service owns',
      facts: over(answers(shaken), (facts) => {
        facts.owners = [];
      }),
      targets: [],
      confidence: 'probable',
      saw: /the handshake succeeds/,
    },
    {
      name: 'pods behind the proxy of a mesh',
      facts: over(answers(shaken), ({ slices }) => {
        for (const { spec } of slices.pods)
          spec.containers.push(...spec.containers.map((container) => ({ ...container, name: 'istio-proxy' })));
      }),
      targets: [],
      confidence: 'probable',
      saw: /the handshake succeeds/,
    },
  ],
  ruledOut: [
    { name: 'a target that speaks plain text', facts: over(connects, answers(plain)) },
    { name: 'a target that the kubelet asks in plain text on the same port', facts: over(answers(shaken)) },
    {
      name: 'a target that passes a plain HTTP health check on the same port',
      facts: over(connects, answers(shaken), ({ slices }) => {
        for (const { healthCheck } of slices.targetGroups) healthCheck.protocol = 'HTTP';
      }),
    },
    { name: 'a TCP listener', facts: given(sampleFacts, answers(shaken)) },
    {
      name: 'a target group that encrypts again',
      facts: over(answers(shaken), ({ slices }) => {
        for (const group of slices.targetGroups) group.protocol = 'TLS';
      }),
    },
    {
      name: 'a TLS listener of weight 0',
      facts: over(connects, answers(shaken), ({ slices }) => {
        for (const { forwards } of slices.listeners) for (const forward of forwards) forward.weight = 0;
      }),
    },
  ],
});
