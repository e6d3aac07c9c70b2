import { expect, test } from 'vitest';
import { trafficPortRefused } from '../../core/checks/answer/traffic-port-refused.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { ProbeOutcome, ProbePurpose } from '../../core/model/probe-result.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { fail, instanceId, probe, sampleFacts, takenAt } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const local = (): Facts => sampleFacts({ policy: 'Local' });
const answers =
  (outcome: ProbeOutcome, purpose: ProbePurpose = 'client-connect') =>
  (facts: Facts): void =>
    probe(facts, purpose, outcome, { only: instanceId(0), protocol: 'TCP', port: 31080 });
const refuses = answers({ kind: 'refused' });
const fromTemplates =
  (...hashes: string[]) =>
  ({ slices }: Facts): void => {
    for (const [index, { metadata }] of slices.pods.entries())
      metadata.labels['pod-template-hash'] = hashes[index] ?? '';
  };

testCheck(trafficPortRefused, {
  found: [
    {
      name: 'a healthy target that refuses a connection to its traffic port',
      facts: given(local, refuses),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: /TCP 10\.0\.0\.10:31080: connection refused; the health check asks port 32080/,
    },
    {
      name: 'a healthy target that refuses what another question wanted to know',
      facts: given(local, answers({ kind: 'refused' }, 'client-first-bytes')),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: /connection refused/,
    },
    {
      name: 'every target, where all pods come from one template',
      facts: given(local, refuses, fromTemplates('7c9d', '7c9d')),
      targets: [instanceId(0), instanceId(1)],
      confidence: 'confirmed',
      saw: /all 2 ready pods come from one template/,
    },
    {
      name: 'only the one that was asked, where a rollout left pods of two templates',
      facts: given(local, refuses, fromTemplates('7c9d', '5b8f')),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: /asks port 32080$/,
    },
    {
      name: 'only the one that was asked, where a pod is new',
      facts: given(local, refuses, fromTemplates('7c9d', '7c9d'), ({ slices }) => {
        for (const { metadata } of slices.pods) metadata.creationTimestamp = takenAt;
      }),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: /asks port 32080$/,
    },
    {
      name: 'only the one that was asked, where the pods elect a leader, which alone may listen',
      facts: given(local, refuses, fromTemplates('7c9d', '7c9d'), ({ slices }) => {
        for (const { spec } of slices.pods) for (const { args } of spec.containers) args.push('--leader-elect=true');
      }),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: /asks port 32080$/,
    },
    {
      name: 'only the one that was asked, where the pods are members of a StatefulSet',
      facts: given(local, refuses, fromTemplates('7c9d', '7c9d'), ({ slices }) => {
        const owner = { kind: 'StatefulSet', name: 'web', uid: 'uid-web', controller: true };
        for (const { metadata } of slices.pods) metadata.ownerReferences = [owner];
      }),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: /asks port 32080$/,
    },
    {
      name: 'every target, where the Service has another NodePort',
      facts: given(local, refuses, ({ slices }) => {
        for (const { spec } of slices.services) for (const port of spec.ports) port.nodePort = 31_081;
      }),
      targets: [instanceId(0), instanceId(1)],
      confidence: 'confirmed',
      saw: /the Service has no NodePort 31080/,
    },
    {
      name: 'a target group that no Service owns',
      facts: given(local, (facts) => {
        refuses(facts);
        facts.owners = [];
      }),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: /connection refused/,
    },
  ],
  ruledOut: [
    { name: 'a target that accepts', facts: given(local, answers({ kind: 'open' })) },
    {
      name: 'a target that has failed meanwhile',
      facts: given(local, (facts) => {
        refuses(facts);
        fail(facts.slices.targetHealth, instanceId(0));
      }),
    },
    { name: 'a health check of the traffic port itself', facts: given(sampleFacts, refuses) },
    {
      name: 'a target group that no listener uses',
      facts: given(local, (facts) => {
        refuses(facts);
        for (const { forwards } of facts.slices.listeners) for (const forward of forwards) forward.weight = 0;
      }),
    },
  ],
});

test.each<[string, (facts: Facts) => void]>([
  ['no target was asked', () => {}],
  ['no answer came', answers({ kind: 'timeout', phase: 'connect' })],
])('where %s it is unknown', (_, change) => {
  const facts = given(local, change)();
  expect(groupsOf(facts).flatMap((group) => examine(group, facts, [trafficPortRefused]))).toMatchObject([
    { outcome: 'unknown' },
  ]);
});
