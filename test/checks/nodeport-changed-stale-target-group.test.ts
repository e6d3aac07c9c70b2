import { expect, test } from 'vitest';
import { nodeportChangedStaleTargetGroup } from '../../core/checks/registration/nodeport-changed-stale-target-group.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { fail, instanceId, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const changed = given(sampleFacts, ({ slices }) => {
  fail(slices.targetHealth);
  for (const { spec } of slices.services) for (const port of spec.ports) port.nodePort = 30123;
});
/** The same where the health check goes to the healthCheckNodePort, which stays. */
const moved = given(
  () => sampleFacts({ policy: 'Local' }),
  ({ slices }) => {
    for (const { spec } of slices.services) for (const port of spec.ports) port.nodePort = 30123;
  },
);
const atOldPort = { only: instanceId(0), protocol: 'TCP', port: 31080 } as const;
const all = [instanceId(0), instanceId(1), instanceId(2)];

testCheck(nodeportChangedStaleTargetGroup, {
  found: [
    {
      name: 'the old port refuses',
      facts: given(changed, (facts) => probe(facts, 'health-check', { kind: 'refused' })),
      targets: all,
      confidence: 'confirmed',
      saw: 'registered on 31080 (connection refused); NodePorts of the Service: 30123',
    },
    {
      name: 'healthy targets under Local, of which one refuses clients',
      facts: given(moved, (facts) => probe(facts, 'client-connect', { kind: 'refused' }, atOldPort)),
      targets: [instanceId(0), instanceId(1)],
      confidence: 'confirmed',
      saw: 'registered on 31080 (connection refused); NodePorts of the Service: 30123',
    },
    { name: 'not probed', facts: changed, targets: all, confidence: 'probable', saw: 'registered on 31080' },
  ],
  ruledOut: [
    { name: 'healthy targets under Local, of which none was asked', facts: moved },
    {
      name: 'healthy targets under Local, of which one takes clients',
      facts: given(moved, (facts) => probe(facts, 'client-connect', { kind: 'open' }, atOldPort)),
    },
    {
      name: 'a refusal of the present NodePort',
      facts: given(
        () => sampleFacts({ policy: 'Local' }),
        (facts) => probe(facts, 'client-connect', { kind: 'refused' }, atOldPort),
      ),
    },
    { name: 'the present NodePort', facts: given(sampleFacts, ({ slices }) => fail(slices.targetHealth)) },
    {
      name: 'a health check on the healthCheckNodePort',
      facts: given(changed, ({ slices }) => {
        for (const { spec } of slices.services) spec.healthCheckNodePort = 31080;
      }),
    },
    {
      name: 'a process of the host that answers on the registered port',
      facts: given(changed, (facts) => probe(facts, 'health-check', { kind: 'open' })),
    },
    {
      name: 'instances that are nodes of the cluster no longer',
      facts: given(changed, ({ slices }) => {
        slices.nodes = [];
      }),
    },
  ],
});

/** A Service for 80 and 443 whose target group by hand nobody says the port of. */
const twoPorts = (listenerPort: number) =>
  given(changed, ({ owners, slices }) => {
    for (const owner of owners) delete owner.servicePort;
    for (const { spec } of slices.services)
      spec.ports = [
        { name: 'http', protocol: 'TCP', port: 80, targetPort: 8080, nodePort: 30123 },
        { name: 'https', protocol: 'TCP', port: 443, targetPort: 8443, nodePort: 30124 },
      ];
    for (const listener of slices.listeners) listener.port = listenerPort;
  });

test.each([
  ['the port of the listener', 443, { registered: 31080, index: 1 }],
  ['no port where none is known', 8443, { registered: 31080 }],
])('the fix is about %s', (_, listenerPort, values) => {
  const facts = twoPorts(listenerPort)();
  const [group] = groupsOf(facts);
  const [evidence] = (group && nodeportChangedStaleTargetGroup.run(group, facts.slices)) ?? [];
  expect(evidence?.values).toEqual(values);
});
