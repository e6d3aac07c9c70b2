import { rolloutWithoutReadinessGates } from '../../core/checks/workload/rollout-without-readiness-gates.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Workload } from '../../core/model/kubernetes.ts';
import { deployment, metadata, sampleFacts, target, unready } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';

const replicaSet = (creationTimestamp: string): Workload => ({
  ...deployment(2),
  kind: 'ReplicaSet',
  metadata: { ...metadata('web-5d4f7', 'shop'), creationTimestamp },
});

/** Both pods of a ReplicaSet that is a minute old are being registered; those of before drain. */
const turnedOver =
  (change: (facts: Facts) => void = () => {}, made = '2026-11-20T11:59:00Z') =>
  (): Facts => {
    const facts = sampleFacts({ targetType: 'ip' });
    for (const each of facts.slices.targetHealth) each.state = 'initial';
    facts.slices.targetHealth.push(
      target({ id: '10.0.0.77', state: 'draining' }),
      target({ id: '10.0.1.77', state: 'draining' }),
    );
    facts.slices.workloads.push(replicaSet(made));
    change(facts);
    return facts;
  };

const gated =
  (gate: string) =>
  ({ slices }: Facts): void => {
    for (const { spec } of slices.pods) spec.readinessGates.push(gate);
  };

testCheck(rolloutWithoutReadinessGates, {
  found: [
    {
      name: 'new pods without gates, of which none is served yet',
      facts: turnedOver(),
      targets: [],
      confidence: 'confirmed',
      saw: /2 initial and 2 draining targets, none healthy; all 2 pods are ready, of web-5d4f7, 60 s old/,
      values: { label: 'elbv2.k8s.aws/pod-readiness-gate-inject' },
    },
    {
      name: 'a gate of somebody else',
      facts: turnedOver(gated('example.com/warm')),
      targets: [],
      confidence: 'confirmed',
      saw: /none healthy/,
    },
    {
      name: 'EKS Auto Mode, whose label is another one',
      facts: turnedOver((facts) => {
        for (const owner of facts.owners) owner.controller = 'eks-auto-mode';
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /none healthy/,
      values: { label: 'eks.amazonaws.com/pod-readiness-gate-inject' },
    },
  ],
  ruledOut: [
    { name: 'a healthy group', facts: () => sampleFacts({ targetType: 'ip' }) },
    { name: 'pods with a gate', facts: turnedOver(gated('target-health.elbv2.k8s.aws/k8s-shop-web-0123456789')) },
    {
      name: 'a target that is still healthy',
      facts: turnedOver(({ slices }) => slices.targetHealth.push(target({ id: '10.0.2.77' }))),
    },
    {
      name: 'a first registration',
      facts: turnedOver(({ slices }) => {
        slices.targetHealth = slices.targetHealth.filter(({ state }) => state !== 'draining');
      }),
    },
    { name: 'a scale from zero: the ReplicaSet is an old one', facts: turnedOver(undefined, '2026-11-01T00:00:00Z') },
    { name: 'pods that are not ready', facts: turnedOver((facts) => unready(facts, 'web-1')) },
    {
      name: 'a target that fails',
      facts: turnedOver(({ slices }) => slices.targetHealth.push(target({ id: '10.0.2.77', state: 'unhealthy' }))),
    },
    { name: 'instances', facts: sampleFacts },
    {
      name: 'cloud-provider-aws, which knows no gates',
      facts: turnedOver((facts) => {
        for (const owner of facts.owners) owner.controller = 'cloud-provider-aws';
      }),
    },
  ],
});
