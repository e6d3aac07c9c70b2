import { podCrashloop } from '../../core/checks/pod-crashloop.ts';
import type { Facts } from '../../core/facts.ts';
import { fail, instanceId, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const crash = (facts: Facts, name: string, reason = 'Error', finishedAt = '2026-11-20T11:58:00Z') => {
  const [status] = unready(facts, name).status.containerStatuses;
  if (status === undefined) throw new Error('no container');
  status.restartCount = 7;
  status.state = { waiting: { reason: 'CrashLoopBackOff' } };
  status.lastState = { terminated: { reason, exitCode: 1, finishedAt } };
};
const allCrash = given(sampleFacts, (facts) => {
  crash(facts, 'web-1');
  crash(facts, 'web-2');
  fail(facts.slices.targetHealth);
});

testCheck(podCrashloop, {
  found: [
    {
      name: 'every pod in back-off behind instance targets',
      facts: allCrash,
      targets: [],
      confidence: 'confirmed',
      saw: /shop\/web-1 container app: CrashLoopBackOff, 7 restarts, exit code 1/,
    },
    {
      name: 'under Local, only the node of the crashing pod',
      facts: given(
        () => sampleFacts({ policy: 'Local' }),
        (facts) => {
          crash(facts, 'web-1');
          fail(facts.slices.targetHealth, instanceId(0));
        },
      ),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'web-1',
    },
    {
      name: 'an ip target whose pod crashes, with its last log line',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        (facts) => {
          crash(facts, 'web-2');
          fail(facts.slices.targetHealth, '10.0.1.100');
          facts.slices.podLogs = [
            { namespace: 'shop', pod: 'web-2', container: 'app', previous: true, lines: ['starting', 'no such table'] },
          ];
        },
      ),
      targets: ['10.0.1.100'],
      confidence: 'confirmed',
      saw: 'last log line: no such table',
    },
  ],
  ruledOut: [
    {
      name: 'another pod carries the node targets',
      facts: given(sampleFacts, (facts) => {
        crash(facts, 'web-1');
        fail(facts.slices.targetHealth);
      }),
    },
    {
      name: 'restarts of long ago',
      facts: given(sampleFacts, (facts) => {
        for (const { status } of facts.slices.pods) {
          for (const container of status.containerStatuses) {
            container.restartCount = 40;
            container.lastState = { terminated: { reason: 'Error', exitCode: 1, finishedAt: '2026-11-01T00:00:00Z' } };
          }
        }
        fail(facts.slices.targetHealth);
      }),
    },
    {
      name: 'killed for lack of memory',
      facts: given(sampleFacts, (facts) => {
        crash(facts, 'web-1', 'OOMKilled');
        crash(facts, 'web-2', 'OOMKilled');
        fail(facts.slices.targetHealth);
      }),
    },
  ],
});
