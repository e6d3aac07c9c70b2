import { podLivenessKillLoop } from '../../core/checks/workload/pod-liveness-kill-loop.ts';
import type { Facts } from '../../core/model/facts.ts';
import { event, fail, instanceId, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const kill = (
  facts: Facts,
  name: string,
  end: { exitCode: number; reason?: string } = { exitCode: 137, reason: 'Error' },
) => {
  const [status] = unready(facts, name).status.containerStatuses;
  if (status === undefined) throw new Error('no container');
  status.restartCount = 6;
  status.state = { waiting: { reason: 'CrashLoopBackOff' } };
  status.lastState = { terminated: { ...end, finishedAt: '2026-11-20T11:58:00Z' } };
  facts.slices.events.push(
    event('Pod', name, 'Killing', 'Container app failed liveness probe, will be restarted'),
    event('Pod', name, 'Unhealthy', 'Liveness probe failed: context deadline exceeded'),
  );
};
const all = (end?: { exitCode: number; reason?: string }) =>
  given(sampleFacts, (facts) => {
    kill(facts, 'web-1', end);
    kill(facts, 'web-2', end);
    fail(facts.slices.targetHealth);
  });

testCheck(podLivenessKillLoop, {
  found: [
    {
      name: 'every pod is killed by SIGKILL',
      facts: all(),
      targets: [],
      confidence: 'confirmed',
      saw: 'shop/web-1 container app was killed after its liveness probe failed, 6 restarts, exit code 137; Liveness probe failed: context deadline exceeded',
    },
    {
      name: 'SIGTERM was enough, and a CPU limit is set',
      facts: given(all({ exitCode: 143 }), ({ slices }) => {
        for (const { spec } of slices.pods) for (const container of spec.containers) container.cpuLimit = '100m';
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'exit code 143; Liveness probe failed: context deadline exceeded; CPU limit 100m',
    },
    {
      name: 'a server that ends in good order on SIGTERM',
      facts: all({ exitCode: 0, reason: 'Completed' }),
      targets: [],
      confidence: 'confirmed',
      saw: '6 restarts, exit code 0; Liveness probe failed',
    },
    {
      name: 'under Local, the node of the killed pod',
      facts: given(
        () => sampleFacts({ policy: 'Local' }),
        (facts) => {
          kill(facts, 'web-2');
          fail(facts.slices.targetHealth, instanceId(1));
        },
      ),
      targets: [instanceId(1)],
      confidence: 'confirmed',
      saw: 'web-2',
    },
  ],
  ruledOut: [
    { name: 'killed for lack of memory', facts: all({ exitCode: 137, reason: 'OOMKilled' }) },
    { name: 'a process that ended by itself', facts: all({ exitCode: 1, reason: 'Error' }) },
    {
      name: 'killed without a word of the liveness probe',
      facts: given(all(), ({ slices }) => {
        slices.events = [];
      }),
    },
    {
      name: 'killed by the startup probe',
      facts: given(all(), ({ slices }) => {
        for (const each of slices.events)
          each.note = each.note.replace('liveness', 'startup').replace('Liveness', 'Startup');
      }),
    },
  ],
});
