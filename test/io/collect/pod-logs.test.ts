import { expect, test } from 'vitest';
import type { ContainerStatus, Pod, Service } from '../../../core/model/kubernetes.ts';
import { logsWanted } from '../../../io/kubernetes/pod-logs.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const ended = (finishedAt: string, exitCode = 1) => ({ terminated: { exitCode, finishedAt } });
const longAgo = ended('2026-11-22T08:00:00Z');
const lately = ended('2026-11-22T09:30:00Z');

const metadata = (name: string, labels = {}) => ({
  name,
  namespace: 'web',
  uid: name,
  creationTimestamp: '2026-11-20T10:00:00Z',
  labels,
  annotations: {},
  ownerReferences: [],
});

const pod = (name: string, status: Partial<ContainerStatus>, labels = {}): Pod => ({
  metadata: metadata(name, labels),
  spec: { containers: [], initContainers: [], readinessGates: [] },
  status: {
    phase: 'Running',
    podIPs: [],
    conditions: [],
    initContainerStatuses: [],
    containerStatuses: [{ name: 'app', ready: false, restartCount: 1, state: {}, lastState: {}, ...status }],
  },
});

const service: Service = {
  metadata: metadata('shop'),
  spec: { type: 'LoadBalancer', selector: { app: 'shop' }, ports: [], loadBalancerSourceRanges: [], ipFamilies: [] },
  status: { loadBalancer: [] },
};

test.each([
  ['waits after an end', { state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: longAgo }, [true]],
  ['was restarted within the hour', { state: { running: {} }, lastState: lately }, [true]],
  ['has ended with an error', { state: lately }, [false]],
  ['was restarted long ago', { state: { running: {} }, lastState: longAgo }, []],
  ['has never run', { state: { waiting: { reason: 'ImagePullBackOff' } } }, []],
  ['has done its work', { state: ended('2026-11-22T09:59:00Z', 0) }, []],
])('of a container that %s', (_, status, previous) => {
  expect(logsWanted([pod('a', status)], [], now).map((log) => log.previous)).toEqual(previous);
});

test('of more than ten pods, those behind a load balancer come first', () => {
  const crashed = { state: lately };
  const others = Array.from({ length: 12 }, (_, index) => pod(`other-${index}`, crashed));
  const wanted = logsWanted([...others, pod('shop-0', crashed, { app: 'shop' })], [service], now);
  expect(wanted).toHaveLength(10);
  expect(wanted[0]?.pod).toBe('shop-0');
});

test('of a controller of load balancers that runs, the present log is read too, whatever crashes beside it', () => {
  const labels = { 'app.kubernetes.io/name': 'aws-load-balancer-controller' };
  const others = Array.from({ length: 12 }, (_, index) => pod(`other-${index}`, { state: lately }));
  const wanted = logsWanted(
    [...others, pod('controller', { state: { running: {} }, lastState: lately }, labels)],
    [],
    now,
  );
  expect(wanted.slice(0, 2)).toMatchObject([
    { pod: 'controller', previous: true },
    { pod: 'controller', previous: false },
  ]);
  expect(wanted).toHaveLength(12);
});
