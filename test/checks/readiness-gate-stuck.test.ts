import { readinessGateStuck } from '../../core/checks/workload/readiness-gate-stuck.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Condition } from '../../core/model/kubernetes.ts';
import { metadata, sampleFacts, targetGroupArn, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const ours = 'target-health.elbv2.k8s.aws/web';
const gate = (facts: Facts, type: string, condition?: Partial<Condition>, since = '2026-11-20T11:00:00Z') => {
  for (const name of ['web-1', 'web-2']) {
    const pod = unready(facts, name);
    pod.spec.readinessGates = [type];
    for (const status of pod.status.containerStatuses) status.ready = true;
    pod.status.conditions.push(
      { type: 'ContainersReady', status: 'True', lastTransitionTime: since },
      ...(condition ? [{ type, status: 'False', ...condition }] : []),
    );
  }
  facts.slices.targetHealth = [];
};
const bind = (facts: Facts, name: string) => {
  facts.slices.targetGroupBindings = [
    {
      metadata: metadata(name, 'shop'),
      spec: { targetGroupARN: targetGroupArn, serviceRef: { name: 'web', port: 80 } },
    },
  ];
};
const gated = (change: (facts: Facts) => void) => given(() => sampleFacts({ targetType: 'ip' }), change);

testCheck(readinessGateStuck, {
  found: [
    {
      name: 'the gate of a binding that is gone',
      facts: gated((facts) => {
        gate(facts, 'target-health.elbv2.k8s.aws/web-before');
        bind(facts, 'web');
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'shop/web-1 waits for its readiness gate target-health.elbv2.k8s.aws/web-before: there is no TargetGroupBinding web-before',
    },
    {
      name: 'the binding exists and nobody writes the condition',
      facts: gated((facts) => {
        gate(facts, ours);
        bind(facts, 'web');
      }),
      targets: [],
      confidence: 'probable',
      saw: 'its condition is not set',
    },
    {
      name: "somebody else's gate that stays closed",
      facts: gated((facts) => gate(facts, 'example.com/licensed', { reason: 'NoSeats' })),
      targets: [],
      confidence: 'probable',
      saw: 'example.com/licensed: NoSeats',
    },
  ],
  ruledOut: [
    {
      name: 'the condition repeats what is wrong with the target',
      facts: gated((facts) => {
        gate(facts, ours, { reason: 'Target.FailedHealthChecks' });
        bind(facts, 'web');
      }),
    },
    {
      name: 'the controller has had two minutes so far',
      facts: gated((facts) => {
        gate(facts, ours, undefined, '2026-11-20T11:58:00Z');
        bind(facts, 'web');
      }),
    },
    {
      name: 'containers that are not ready themselves',
      facts: gated((facts) => {
        gate(facts, 'target-health.elbv2.k8s.aws/web-before');
        for (const { status } of facts.slices.pods) {
          for (const condition of status.conditions) condition.status = 'False';
        }
      }),
    },
    {
      name: 'a gate that is fulfilled',
      facts: gated((facts) => {
        gate(facts, ours, { status: 'True' });
        bind(facts, 'web');
      }),
    },
  ],
});
