import { targetDraining } from '../../core/checks/registration/target-draining.ts';
import type { Facts } from '../../core/model/facts.ts';
import { endedJob, instanceId, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const drain = (facts: Facts, ...ids: string[]) => {
  for (const each of facts.slices.targetHealth) {
    if (!ids.includes(each.id)) continue;
    each.state = 'draining';
    each.reason = 'Target.DeregistrationInProgress';
  }
};
const ip = (change: (facts: Facts) => void) => given(() => sampleFacts({ targetType: 'ip' }), change);
const left = (facts: Facts, name: string, at: string) => {
  for (const condition of unready(facts, name).status.conditions) condition.lastTransitionTime = at;
};

testCheck(targetDraining, {
  found: [
    {
      name: 'the pod left the endpoints two minutes ago',
      facts: ip((facts) => {
        left(facts, 'web-2', '2026-11-20T11:58:00Z');
        drain(facts, '10.0.1.100');
      }),
      targets: ['10.0.1.100'],
      confidence: 'confirmed',
      saw: 'Target.DeregistrationInProgress, 120 s after its pod left the endpoints',
    },
    {
      name: 'the pod left the endpoints two minutes ago, a job that had its address before long ago',
      facts: ip((facts) => {
        left(facts, 'web-2', '2026-11-20T11:58:00Z');
        drain(facts, '10.0.1.100');
        endedJob(facts, '10.0.1.100');
      }),
      targets: ['10.0.1.100'],
      confidence: 'confirmed',
      saw: '120 s after its pod left the endpoints',
    },
    {
      name: 'an evicted pod left the endpoints two minutes ago',
      facts: ip((facts) => {
        left(facts, 'web-2', '2026-11-20T11:58:00Z');
        drain(facts, '10.0.1.100');
        for (const { metadata, status } of facts.slices.pods) if (metadata.name === 'web-2') status.phase = 'Failed';
      }),
      targets: ['10.0.1.100'],
      confidence: 'confirmed',
      saw: '120 s after its pod left the endpoints',
    },
    {
      name: 'a node that is on its way out',
      facts: given(sampleFacts, (facts) => drain(facts, instanceId(1))),
      targets: [instanceId(1)],
      confidence: 'probable',
      saw: 'Target.DeregistrationInProgress',
    },
    {
      name: 'a long delay that somebody set',
      facts: ip((facts) => {
        left(facts, 'web-2', '2026-11-20T11:30:00Z');
        drain(facts, '10.0.1.100');
        for (const { attributes } of facts.slices.targetGroups) {
          attributes['deregistration_delay.timeout_seconds'] = '3600';
        }
      }),
      targets: ['10.0.1.100'],
      confidence: 'confirmed',
      saw: '1800 s after',
    },
  ],
  ruledOut: [
    {
      name: 'all targets drain because no pod is ready any more',
      facts: ip((facts) => {
        left(facts, 'web-1', '2026-11-20T11:58:00Z');
        left(facts, 'web-2', '2026-11-20T11:58:00Z');
        drain(facts, '10.0.0.100', '10.0.1.100');
      }),
    },
    {
      name: 'draining for much longer than the delay',
      facts: ip((facts) => {
        left(facts, 'web-2', '2026-11-20T11:30:00Z');
        drain(facts, '10.0.1.100');
      }),
    },
    { name: 'targets in other states', facts: () => sampleFacts({ policy: 'Local' }) },
  ],
});
