import { expect, test } from 'vitest';
import { podReadinessProbeFailing } from '../../core/checks/workload/pod-readiness-probe-failing.ts';
import { diagnose } from '../../core/diagnosis/diagnose.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { fail, instanceId, probePod, sampleFacts, takenAt, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const event = (pod: string) => ({
  namespace: 'shop',
  regarding: { kind: 'Pod', name: pod, namespace: 'shop' },
  type: 'Warning',
  reason: 'Unhealthy',
  note: 'Readiness probe failed: HTTP probe failed with statuscode: 500',
  count: 12,
  firstSeen: takenAt,
  lastSeen: takenAt,
});
const allUnready = given(sampleFacts, (facts) => {
  unready(facts, 'web-1');
  unready(facts, 'web-2');
  fail(facts.slices.targetHealth);
});

testCheck(podReadinessProbeFailing, {
  found: [
    {
      name: 'running pods that are not ready',
      facts: allUnready,
      targets: [],
      confidence: 'probable',
      saw: 'shop/web-1 container app runs but is not ready',
    },
    {
      name: "the kubelet's event says so",
      facts: given(allUnready, ({ slices }) => {
        slices.events = [event('web-1'), event('web-2')];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'statuscode: 500',
    },
    {
      name: 'a pod that is a target all the same, since the Service publishes it',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        (facts) => {
          unready(facts, 'web-1');
          fail(facts.slices.targetHealth, '10.0.0.100');
          for (const { spec } of facts.slices.services) spec.publishNotReadyAddresses = true;
        },
      ),
      targets: ['10.0.0.100'],
      confidence: 'probable',
      saw: 'it is a target all the same, since the Service has publishNotReadyAddresses',
      values: { published: 'yes' },
    },
    {
      name: 'containers that started twenty seconds ago, without an event',
      facts: given(allUnready, ({ slices }) => {
        for (const { status } of slices.pods) {
          for (const each of status.containerStatuses) each.state = { running: { startedAt: '2026-11-20T11:59:40Z' } };
        }
      }),
      targets: [],
      confidence: 'possible',
      saw: 'runs but is not ready',
    },
    {
      name: 'the kubelet cannot probe at all, because the container has no port of that name',
      facts: given(allUnready, ({ slices }) => {
        slices.events = ['web-1', 'web-2'].map((name) => ({
          ...event(name),
          note: 'Readiness probe errored and resulted in unknown state: strconv.Atoi: parsing "web": invalid syntax',
        }));
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'parsing "web": invalid syntax',
    },
    {
      name: 'the kubelet gets no connection, and others do',
      facts: given(allUnready, (facts) => {
        facts.slices.events = ['web-1', 'web-2'].map((name) => ({
          ...event(name),
          note: 'Readiness probe failed: Get "http://10.0.0.100:8080/ready": dial tcp 10.0.0.100:8080: i/o timeout',
        }));
        for (const { status } of facts.slices.pods) probePod(facts, status.podIPs[0] ?? '', 8080, { kind: 'open' });
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'i/o timeout; port 8080 accepts connections from elsewhere, so the path from the kubelet to the pod may be blocked',
      values: { port: 8080 },
    },
    {
      name: 'under Local, the node of the pod that is not ready',
      facts: given(
        () => sampleFacts({ policy: 'Local' }),
        (facts) => {
          unready(facts, 'web-2');
          fail(facts.slices.targetHealth, instanceId(1));
          facts.slices.events = [event('web-2')];
        },
      ),
      targets: [instanceId(1)],
      confidence: 'confirmed',
      saw: 'web-2',
    },
    {
      name: 'the readiness probe of a sidecar among the init containers of an initialized pod',
      facts: given(allUnready, ({ slices }) => {
        for (const { spec, status } of slices.pods) {
          const [app] = spec.containers;
          if (app === undefined) throw new Error('no container');
          spec.initContainers = [{ ...app, name: 'istio-proxy' }];
          for (const container of status.containerStatuses) container.ready = true;
          status.conditions.push({ type: 'Initialized', status: 'True' });
          status.initContainerStatuses = [
            {
              name: 'istio-proxy',
              ready: false,
              started: true,
              restartCount: 0,
              state: { running: {} },
              lastState: {},
            },
          ];
        }
      }),
      targets: [],
      confidence: 'probable',
      saw: 'shop/web-1 container istio-proxy runs but is not ready',
    },
  ],
  ruledOut: [
    {
      name: 'containers that wait to be restarted',
      facts: given(allUnready, ({ slices }) => {
        for (const { status } of slices.pods) {
          for (const container of status.containerStatuses)
            container.state = { waiting: { reason: 'CrashLoopBackOff' } };
        }
      }),
    },
    {
      name: 'containers that have not started yet',
      facts: given(allUnready, ({ slices }) => {
        for (const { status } of slices.pods)
          for (const container of status.containerStatuses) container.started = false;
      }),
    },
    {
      name: 'one pod of two, behind instance targets of the Cluster policy',
      facts: given(sampleFacts, (facts) => {
        unready(facts, 'web-1');
        fail(facts.slices.targetHealth);
      }),
    },
  ],
});

test('the way from the kubelet is not to be changed where the probe got an answer', () => {
  const facts = allUnready();
  facts.slices.events = [event('web-1'), event('web-2')];
  const checks = [podReadinessProbeFailing];
  const [diagnosis] = groupsOf(facts).flatMap((group) => diagnose(group, facts, examine(group, facts, checks), checks));
  expect(diagnosis?.fix.map(({ command }) => command)).toEqual([
    'kubectl --context arn:aws:eks:eu-west-1:111122223333:cluster/shop --namespace shop describe pod web-1',
  ]);
});
