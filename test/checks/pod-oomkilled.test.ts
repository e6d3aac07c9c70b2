import { podOomkilled } from '../../core/checks/workload/pod-oomkilled.ts';
import type { Facts } from '../../core/model/facts.ts';
import { fail, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const kill = (facts: Facts, reason: string) => {
  for (const name of ['web-1', 'web-2']) {
    const [status] = unready(facts, name).status.containerStatuses;
    if (status === undefined) throw new Error('no container');
    status.restartCount = 3;
    status.state = { waiting: { reason: 'CrashLoopBackOff' } };
    status.lastState = { terminated: { reason, exitCode: 137, finishedAt: '2026-11-20T11:59:00Z' } };
  }
  fail(facts.slices.targetHealth);
};

testCheck(podOomkilled, {
  found: [
    {
      name: 'every pod killed',
      facts: given(sampleFacts, (facts) => kill(facts, 'OOMKilled')),
      targets: [],
      confidence: 'confirmed',
      saw: 'OOMKilled, 3 restarts, memory limit 128Mi',
      values: { amount: '256Mi' },
    },
  ],
  ruledOut: [
    { name: 'exit code 137 for another reason', facts: given(sampleFacts, (facts) => kill(facts, 'Error')) },
    {
      name: 'a sidecar that was killed and is ready again beside an application that is not',
      facts: given(sampleFacts, (facts) => {
        for (const name of ['web-1', 'web-2']) {
          unready(facts, name).status.containerStatuses.push({
            name: 'log-router',
            ready: true,
            started: true,
            restartCount: 1,
            state: { running: { startedAt: '2026-11-20T11:58:10Z' } },
            lastState: { terminated: { reason: 'OOMKilled', exitCode: 137, finishedAt: '2026-11-20T11:58:00Z' } },
          });
        }
        fail(facts.slices.targetHealth);
      }),
    },
    { name: 'pods that run', facts: given(sampleFacts, ({ slices }) => fail(slices.targetHealth)) },
  ],
});
