import { expect, test } from 'vitest';
import { catalogue } from '../../../core/diagnosis/catalogue.ts';
import { diagnose } from '../../../core/diagnosis/diagnose.ts';
import { examine } from '../../../core/diagnosis/examine.ts';
import type { Facts } from '../../../core/model/facts.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { event, fail, instanceId, pending, sampleFacts, unready } from '../sample-facts.ts';

const judge = (facts: Facts) =>
  groupsOf(facts).flatMap((group) => diagnose(group, facts, examine(group, facts, catalogue), catalogue));

/** Faults of single pods, from the one that is named first to the one that is named last where several are true. */
const faults: [string, (facts: Facts, pod: string) => void][] = [
  [
    'pod-ip-exhaustion',
    (facts, name) => {
      pending(facts, name, { reason: 'ContainerCreating' }).status.podIPs = [];
      const note = 'Failed to create pod sandbox: add cmd: failed to assign an IP address to container';
      facts.slices.events.push(event('Pod', name, 'FailedCreatePodSandBox', note));
    },
  ],
  [
    'pod-unschedulable',
    (facts, name) => {
      pending(facts, name).status.conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }];
    },
  ],
  ['pod-config-error', (facts, name) => void pending(facts, name, { reason: 'CreateContainerConfigError' })],
  ['pod-image-pull-failure', (facts, name) => void pending(facts, name, { reason: 'ImagePullBackOff' })],
  [
    'pod-init-or-startup-stuck',
    (facts, name) => {
      const state = { waiting: { reason: 'CrashLoopBackOff' } };
      pending(facts, name, { reason: 'PodInitializing' }).status.initContainerStatuses = [
        { name: 'init', ready: false, restartCount: 5, state, lastState: {} },
      ];
    },
  ],
  ['pod-oomkilled', (facts, name) => restart(facts, name, 137, 'OOMKilled')],
  [
    'pod-liveness-kill-loop',
    (facts, name) => {
      restart(facts, name, 137, 'Error');
      const note = 'Container app failed liveness probe, will be restarted';
      facts.slices.events.push(event('Pod', name, 'Killing', note));
    },
  ],
  ['pod-crashloop', (facts, name) => restart(facts, name, 1, 'Error')],
  [
    'pod-evicted-or-node-pressure',
    (facts, name) => {
      const { status } = unready(facts, name);
      Object.assign(status, { phase: 'Failed', reason: 'Evicted', containerStatuses: [] });
    },
  ],
  ['pod-readiness-probe-failing', (facts, name) => void unready(facts, name)],
  [
    'readiness-gate-stuck',
    (facts, name) => {
      const pod = unready(facts, name);
      pod.spec.readinessGates = ['target-health.elbv2.k8s.aws/gone'];
      pod.status.conditions.push({ type: 'ContainersReady', status: 'True' });
      for (const status of pod.status.containerStatuses) status.ready = true;
    },
  ],
];

function restart(facts: Facts, name: string, exitCode: number, reason: string): void {
  for (const status of unready(facts, name).status.containerStatuses) {
    status.restartCount = 5;
    status.state = { waiting: { reason: 'CrashLoopBackOff' } };
    status.lastState = { terminated: { exitCode, reason, finishedAt: '2026-11-20T11:59:00Z' } };
  }
}

const pairs = faults.flatMap(([first], index) =>
  faults.slice(index + 1).map(([second]): [string, string] => [first, second]),
);

test.each(pairs)('%s is named before %s where a pod of each kind is all there is', (first, second) => {
  const facts = sampleFacts();
  new Map(faults).get(first)?.(facts, 'web-1');
  new Map(faults).get(second)?.(facts, 'web-2');
  fail(facts.slices.targetHealth);
  const [diagnosis, ...others] = judge(facts);
  expect(others).toEqual([]);
  expect(diagnosis).toMatchObject({ verdict: 'unhealthy', cause: first, coCauses: [] });
  expect(diagnosis?.mechanisms).toContain(second);
});

test.each(faults)('under Local %s alone is the cause, and the missing endpoints are its mechanism', (id, happen) => {
  const facts = sampleFacts({ policy: 'Local' });
  for (const name of ['web-1', 'web-2']) happen(facts, name);
  fail(facts.slices.targetHealth);
  expect(judge(facts)).toMatchObject([
    { cause: id, coCauses: [], mechanisms: expect.arrayContaining(['etp-local-no-ready-endpoint-anywhere']) },
  ]);
});

test('pods are not to blame where the health check asks kube-proxy’s own port, which answers alike whatever they do', () => {
  const facts = sampleFacts();
  for (const name of ['web-1', 'web-2']) restart(facts, name, 1, 'Error');
  fail(facts.slices.targetHealth, instanceId(0));
  for (const target of facts.slices.targetHealth) target.healthCheckPort = 10_256;
  const wrong = judge(facts).filter(({ verdict }) => verdict === 'unhealthy' || verdict === 'unexplained');
  expect(wrong.flatMap(({ cause, coCauses }) => [cause, ...coCauses])).not.toContain('pod-crashloop');
  expect(wrong).toHaveLength(1);
});

test('a port name that is missing comes after what is wrong with the pods, and must be mended too', () => {
  const facts = sampleFacts();
  for (const name of ['web-1', 'web-2']) restart(facts, name, 1, 'Error');
  for (const { spec } of facts.slices.services) for (const port of spec.ports) port.targetPort = 'web';
  for (const slice of facts.slices.endpointSlices) slice.ports = [];
  fail(facts.slices.targetHealth);
  expect(judge(facts)).toMatchObject([{ cause: 'pod-crashloop', coCauses: ['named-target-port-not-found'] }]);
});

test('a pod that has crashed before and is ready again is not blamed for a missing port name', () => {
  const facts = sampleFacts();
  for (const { status } of facts.slices.pods) {
    for (const container of status.containerStatuses) {
      container.restartCount = 1;
      container.lastState = { terminated: { exitCode: 1, finishedAt: '2026-11-20T11:30:00Z' } };
    }
  }
  for (const { spec } of facts.slices.services) for (const port of spec.ports) port.targetPort = 'web';
  for (const slice of facts.slices.endpointSlices) slice.ports = [];
  fail(facts.slices.targetHealth);
  expect(judge(facts)).toMatchObject([{ cause: 'named-target-port-not-found', coCauses: [], mechanisms: [] }]);
});
