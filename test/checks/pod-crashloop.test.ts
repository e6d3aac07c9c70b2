import { podCrashloop } from '../../core/checks/workload/pod-crashloop.ts';
import type { Facts } from '../../core/model/facts.ts';
import { fail, instanceId, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const crash = (facts: Facts, name: string, reason = 'Error', finishedAt = '2026-11-20T11:58:00Z') => {
  const [status] = unready(facts, name).status.containerStatuses;
  if (status === undefined) throw new Error('no container');
  status.restartCount = 7;
  status.state = { waiting: { reason: 'CrashLoopBackOff' } };
  status.lastState = { terminated: { reason, exitCode: 1, finishedAt } };
};
/** A container that ended twice and runs again. */
const restarted = (facts: Facts, name: string, { ready, startedAt }: { ready: boolean; startedAt: string }) => {
  const { status } = unready(facts, name);
  for (const each of status.containerStatuses) {
    each.ready = ready;
    each.restartCount = 2;
    each.state = { running: { startedAt } };
    each.lastState = { terminated: { reason: 'Error', exitCode: 1, finishedAt: startedAt } };
  }
  if (!ready) return;
  status.conditions = [{ type: 'Ready', status: 'True', lastTransitionTime: startedAt }];
  for (const { endpoints } of facts.slices.endpointSlices) {
    for (const { targetRef, conditions } of endpoints) if (targetRef?.name === name) conditions.ready = true;
  }
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
            { namespace: 'staging', pod: 'web-2', container: 'app', previous: true, lines: ['of another namespace'] },
            { namespace: 'shop', pod: 'web-2', container: 'app', previous: true, lines: ['starting', 'no such table'] },
          ];
        },
      ),
      targets: ['10.0.1.100'],
      confidence: 'confirmed',
      saw: 'last log line: no such table',
    },
    {
      name: 'an ip target whose pod has no readiness probe and has just come back up',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        (facts) => {
          restarted(facts, 'web-2', { ready: true, startedAt: '2026-11-20T11:59:40Z' });
          fail(facts.slices.targetHealth, '10.0.1.100');
        },
      ),
      targets: ['10.0.1.100'],
      confidence: 'confirmed',
      saw: 'shop/web-2 container app: restarted, 2 restarts, exit code 1',
    },
    {
      name: 'a sidecar among the init containers of an initialized pod',
      facts: given(sampleFacts, (facts) => {
        for (const name of ['web-1', 'web-2']) {
          const { status } = unready(facts, name);
          for (const each of status.containerStatuses) each.ready = true;
          status.conditions.push({ type: 'Initialized', status: 'True' });
          status.initContainerStatuses = [
            {
              name: 'istio-proxy',
              ready: false,
              started: false,
              restartCount: 9,
              state: { waiting: { reason: 'CrashLoopBackOff' } },
              lastState: { terminated: { reason: 'Error', exitCode: 255, finishedAt: '2026-11-20T11:58:00Z' } },
            },
          ];
        }
        fail(facts.slices.targetHealth);
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'shop/web-1 container istio-proxy: CrashLoopBackOff, 9 restarts, exit code 255',
    },
  ],
  ruledOut: [
    {
      name: 'an ip target whose pod crashed twice while it waited for its database and has been ready for eight minutes',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        (facts) => {
          restarted(facts, 'web-2', { ready: true, startedAt: '2026-11-20T11:52:00Z' });
          fail(facts.slices.targetHealth, '10.0.1.100');
        },
      ),
    },
    {
      name: 'a sidecar that was restarted and is ready again beside an application that is not',
      facts: given(sampleFacts, (facts) => {
        for (const name of ['web-1', 'web-2']) {
          const { status } = unready(facts, name);
          status.containerStatuses.push({
            name: 'log-router',
            ready: true,
            started: true,
            restartCount: 1,
            state: { running: { startedAt: '2026-11-20T11:58:10Z' } },
            lastState: { terminated: { reason: 'Error', exitCode: 1, finishedAt: '2026-11-20T11:58:00Z' } },
          });
        }
        fail(facts.slices.targetHealth);
      }),
    },
    {
      name: 'a restart of forty minutes ago; the container has been running since and is not ready',
      facts: given(sampleFacts, (facts) => {
        for (const name of ['web-1', 'web-2']) {
          restarted(facts, name, { ready: false, startedAt: '2026-11-20T11:20:10Z' });
        }
        fail(facts.slices.targetHealth);
      }),
    },
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
