import { podInitOrStartupStuck } from '../../core/checks/workload/pod-init-or-startup-stuck.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { ContainerState } from '../../core/model/kubernetes.ts';
import { event, fail, instanceId, pending, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const init = (state: ContainerState, lastState: ContainerState = {}) =>
  given(sampleFacts, (facts) => {
    for (const name of ['web-1', 'web-2']) {
      const pod = pending(facts, name, { reason: 'PodInitializing' });
      pod.status.conditions.push({ type: 'Initialized', status: 'False' });
      pod.status.initContainerStatuses = [{ name: 'migrate', ready: false, restartCount: 4, state, lastState }];
    }
    fail(facts.slices.targetHealth);
  });
const starting = (facts: Facts, name: string, startedAt: string) => {
  const pod = unready(facts, name);
  for (const container of pod.spec.containers) container.startupProbe = { failureThreshold: 12, periodSeconds: 10 };
  for (const status of pod.status.containerStatuses) {
    status.started = false;
    status.state = { running: { startedAt } };
  }
  return pod;
};
const started = (startedAt: string) =>
  given(sampleFacts, (facts) => {
    starting(facts, 'web-1', startedAt);
    starting(facts, 'web-2', startedAt);
    fail(facts.slices.targetHealth);
  });

testCheck(podInitOrStartupStuck, {
  found: [
    {
      name: 'an init container that fails again and again',
      facts: init({ waiting: { reason: 'CrashLoopBackOff' } }, { terminated: { exitCode: 3 } }),
      targets: [],
      confidence: 'confirmed',
      saw: 'shop/web-1 init container migrate: CrashLoopBackOff, 4 restarts, exit code 3',
    },
    {
      name: 'an init container that has just ended with an error',
      facts: init({ terminated: { exitCode: 1 } }),
      targets: [],
      confidence: 'confirmed',
      saw: 'init container migrate ended with exit code 1',
    },
    {
      name: 'an init container that has been waiting for a dependency for twenty minutes',
      facts: init({ running: { startedAt: '2026-11-20T11:40:00Z' } }),
      targets: [],
      confidence: 'probable',
      saw: 'has been running for 1200 s',
    },
    {
      name: 'a container past the time of its startup probe',
      facts: started('2026-11-20T11:57:00Z'),
      targets: [],
      confidence: 'probable',
      saw: 'container app has not passed its startup probe within 120 s',
    },
    {
      name: 'a container that the startup probe had killed, under Local',
      facts: given(
        () => sampleFacts({ policy: 'Local' }),
        (facts) => {
          const pod = starting(facts, 'web-1', '2026-11-20T11:59:50Z');
          for (const status of pod.status.containerStatuses) status.restartCount = 2;
          facts.slices.events = [
            event('Pod', 'web-1', 'Killing', 'Container app failed startup probe, will be restarted'),
            event('Pod', 'web-1', 'Unhealthy', 'Startup probe failed: connection refused'),
          ];
          fail(facts.slices.targetHealth, instanceId(0));
        },
      ),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: '2 restarts: Startup probe failed: connection refused',
    },
    {
      name: 'an init container that fails behind a sidecar that has been running since the pod began',
      facts: given(init({ waiting: { reason: 'CrashLoopBackOff' } }, { terminated: { exitCode: 3 } }), ({ slices }) => {
        for (const { status } of slices.pods) {
          const state = { running: { startedAt: '2026-11-20T11:00:00Z' } };
          const sidecar = { name: 'istio-proxy', ready: true, started: true, restartCount: 0, state, lastState: {} };
          status.initContainerStatuses.unshift(sidecar);
        }
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'init container migrate: CrashLoopBackOff',
    },
  ],
  ruledOut: [
    { name: 'a slow start within what the startup probe allows', facts: started('2026-11-20T11:59:00Z') },
    {
      name: 'an init container that began a minute ago',
      facts: init({ running: { startedAt: '2026-11-20T11:59:00Z' } }),
    },
    { name: 'an init container without its image', facts: init({ waiting: { reason: 'ImagePullBackOff' } }) },
    { name: 'an init container that waits for its turn', facts: init({ waiting: { reason: 'PodInitializing' } }) },
    {
      name: 'a sidecar among the init containers of an initialized pod',
      facts: given(init({ running: { startedAt: '2026-11-20T10:00:00Z' } }), ({ slices }) => {
        for (const { status } of slices.pods) {
          for (const condition of status.conditions) if (condition.type === 'Initialized') condition.status = 'True';
        }
      }),
    },
  ],
});
