import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settle } from '../../../lab/settle.ts';
import { openListeners } from '../../../lab/wire/targets/listeners.ts';
import { buildAccount } from '../../../lab/world/account.ts';
import { addCluster, clusterOf } from '../../../lab/world/cluster.ts';
import type { Pod, PodCondition } from '../../../lab/world/kubernetes-object.ts';
import { objectsOf } from '../../../lab/world/object.ts';
import { podAddress } from '../../../lab/world/pod/pod.ts';
import { addWorkload } from '../../../lab/world/pod/workload.ts';
import type { ContainerProbe } from '../../../lab/world/pod/workload-options.ts';
import type { Behaviour, Process, World } from '../../../lab/world/world.ts';
import { findEngine } from '../engines/kubelet.ts';
import { canBind } from '../kubernetes/can-bind.ts';
import { type ProbeReport, runProber } from './run-prober.ts';

const engine = findEngine();
/** Only where the lab can listen at the addresses of pods they can be probed. */
const listening = await canBind('10.20.0.1');
/** Seconds for probes each of which is given up after one second, or three; those without a port never come to an end. */
const patience = 6;

/** A pod with one process on port 8080, as it is probed. */
interface Case {
  name: string;
  probe: ContainerProbe;
  behaviour?: Behaviour;
  /** Where the process listens instead. */
  process?: Partial<Process>;
  /** Readiness gates, with the status of the condition of each where there is one. */
  gates?: [type: string, status?: string][];
}

const http = (more: Partial<Extract<Behaviour, { kind: 'http' }>> = {}): Behaviour => ({
  kind: 'http',
  paths: { '*': 200 },
  ...more,
});
const get = (more: object = {}): ContainerProbe => ({ httpGet: { path: '/ready', port: 8080, ...more } });
const answers = (status: number): Behaviour => http({ paths: { '/ready': status, '*': 404 } });
const tcp: ContainerProbe = { tcpSocket: { port: 8080 } };
const https = { scheme: 'HTTPS' };
const host = (value: string) => ({ httpHeaders: [{ name: 'Host', value }] });
const onlyShop = http({ allowedHosts: ['shop.example.com'] });

const cases: Case[] = [
  ...[200, 204, 299, 300, 304, 399, 400, 401, 404, 500, 503].map((status) => ({
    name: `status ${status}`,
    probe: get(),
    behaviour: answers(status),
  })),
  ...[301, 302, 307, 308].map((status) => ({
    name: `a redirect to HTTPS, ${status}`,
    probe: get(),
    behaviour: answers(status),
  })),
  { name: 'a path with a query', probe: get({ path: '/ready?deep=1' }), behaviour: answers(200) },
  { name: 'a path without a slash', probe: get({ path: 'ready' }), behaviour: answers(200) },
  { name: 'no path', probe: { httpGet: { port: 8080 } }, behaviour: http({ paths: { '/': 200, '*': 404 } }) },
  { name: 'a port by name', probe: get({ port: 'http' }), behaviour: answers(200) },
  { name: 'a port of a name that the container has not', probe: get({ port: 'web' }), behaviour: answers(200) },
  { name: 'TCP to a port of a name that the container has not', probe: { tcpSocket: { port: 'web' } } },
  { name: 'another port', probe: get({ port: 9090 }) },
  { name: 'TCP to another port', probe: { tcpSocket: { port: 9090 } } },
  { name: 'a process that binds loopback', probe: get(), process: { loopback: true } },
  { name: 'TCP to a process that binds loopback', probe: tcp, process: { loopback: true } },
  { name: 'HTTPS', probe: get(https), behaviour: http({ tls: {} }) },
  { name: 'HTTPS with TLS 1.3 only', probe: get(https), behaviour: http({ tls: { minVersion: 'TLSv1.3' } }) },
  { name: 'HTTPS with TLS 1.2 only', probe: get(https), behaviour: http({ tls: { maxVersion: 'TLSv1.2' } }) },
  { name: 'HTTPS of a plain server', probe: get(https) },
  { name: 'plain HTTP of a TLS server', probe: get(), behaviour: http({ tls: {} }) },
  {
    name: 'HTTPS that wants a client certificate',
    probe: get(https),
    behaviour: http({ tls: { clientCertificate: true } }),
  },
  { name: 'its own address of a server that knows a name', probe: get(), behaviour: onlyShop },
  { name: 'the name of a server that knows it', probe: get(host('shop.example.com')), behaviour: onlyShop },
  {
    name: 'the name in a header of another case',
    probe: get({ httpHeaders: [{ name: 'host', value: 'shop.example.com' }] }),
    behaviour: onlyShop,
  },
  { name: 'another name than that of the server', probe: get(host('other.example.com')), behaviour: onlyShop },
  { name: 'a slow answer within the time-out', probe: get(), behaviour: http({ delayMs: 300 }) },
  { name: 'an answer after the time-out', probe: get(), behaviour: http({ delayMs: 3000 }) },
  {
    name: 'an answer within a longer time-out',
    probe: { ...get(), timeoutSeconds: 3 },
    behaviour: http({ delayMs: 1500 }),
  },
  { name: 'a server that says nothing', probe: get(), behaviour: { kind: 'tcp' } },
  { name: 'TCP to a server that says nothing', probe: tcp, behaviour: { kind: 'tcp' } },
  { name: 'HTTPS of a server that says nothing', probe: get(https), behaviour: { kind: 'tcp' } },
  { name: 'a server that resets', probe: get(), behaviour: { kind: 'reset' } },
  { name: 'TCP to a server that resets', probe: tcp, behaviour: { kind: 'reset' } },
  { name: 'HTTPS of a server that resets', probe: get(https), behaviour: { kind: 'reset' } },
  {
    name: 'a server of another protocol',
    probe: get(),
    behaviour: { kind: 'banner', text: 'SSH-2.0-OpenSSH_9.6\r\n' },
  },
  {
    name: 'TCP to a server of another protocol',
    probe: tcp,
    behaviour: { kind: 'banner', text: 'SSH-2.0-OpenSSH_9.6\r\n' },
  },
  {
    name: 'HTTPS of a server of another protocol',
    probe: get(https),
    behaviour: { kind: 'banner', text: 'SSH-2.0-OpenSSH_9.6\r\n' },
  },
  { name: 'a server that takes no connection', probe: get(), behaviour: { kind: 'silent' } },
  { name: 'TCP to a server that takes no connection', probe: tcp, behaviour: { kind: 'silent' } },
  { name: 'a server that demands Proxy Protocol', probe: get(), behaviour: http({ proxyProtocol: 'required' }) },
  { name: 'TCP to a server that demands Proxy Protocol', probe: tcp, behaviour: http({ proxyProtocol: 'required' }) },
  {
    name: 'HTTPS of a server that demands Proxy Protocol',
    probe: get(https),
    behaviour: http({ tls: {}, proxyProtocol: 'required' }),
  },
  { name: 'a server that understands Proxy Protocol', probe: get(), behaviour: http({ proxyProtocol: 'understood' }) },
  { name: 'a gate that is open', probe: get(), gates: [['example.com/a', 'True']] },
  { name: 'a gate that is closed', probe: get(), gates: [['example.com/a', 'False']] },
  { name: 'a gate without a condition', probe: get(), gates: [['example.com/a']] },
  { name: 'two gates', probe: get(), gates: [['example.com/a'], ['example.com/b', 'False']] },
  {
    name: 'a closed gate and a failing probe',
    probe: get(),
    behaviour: answers(500),
    gates: [['example.com/a', 'False']],
  },
];

describe.skipIf(!engine.found || !listening)('kubelet', () => {
  const listeners = openListeners();
  let world: World;
  let reports: ProbeReport[] = [];
  beforeAll(async () => {
    if (!engine.found) return;
    const asked = probedWorld();
    world = settle(asked);
    await listeners.apply(listenersOf(asked));
    const pods = podsIn(asked).map((pod) => structuredClone(pod));
    const startedAt = new Date().toISOString();
    for (const { status } of pods)
      for (const each of status.containerStatuses ?? []) each.state = { running: { startedAt } };
    reports = await runProber(engine.prober, pods, patience);
  }, 60_000);
  afterAll(() => listeners.close());

  test.each(cases)('$name: the lab finds of a pod what the kubelet finds, and reports it in its words', ({ name }) => {
    const pod = podOf(world, name);
    const real = reports[cases.findIndex((each) => each.name === name)];
    expect.soft(pod.status.containerStatuses?.map(({ ready }) => ready)).toEqual([real?.Ready]);
    expect.soft(conditionsOf(pod.status.conditions)).toEqual(conditionsOf(real?.Conditions ?? []));
    expect.soft(eventsAbout(world, pod)).toEqual(firstOf(real));
  });
});

/** One pod for each case. */
function probedWorld(): World {
  const world = buildAccount({ network: '10.20' });
  const cluster = addCluster(world, { name: 'shop' });
  for (const [index, { probe, behaviour, process, gates = [] }] of cases.entries()) {
    addWorkload(world, cluster, {
      namespace: 'probed',
      name: `pod-${index}`,
      replicas: 1,
      ...(behaviour && { behaviour }),
      ...process,
      readinessProbe: { periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 1, ...probe },
    });
    const pod = podsIn(world)[index];
    if (pod === undefined || gates.length === 0) continue;
    pod.spec.readinessGates = gates.map(([conditionType]) => ({ conditionType }));
    for (const [type, status] of gates)
      if (status !== undefined) pod.status.conditions.push({ type, status, lastTransitionTime: world.now });
  }
  return world;
}

const podsIn = (world: World): Pod[] =>
  objectsOf(clusterOf(world, 'shop'), 'Pod').filter(({ metadata }) => metadata.namespace === 'probed');

function podOf(world: World, name: string): Pod {
  const pod = podsIn(world)[cases.findIndex((each) => each.name === name)];
  if (pod === undefined) throw new Error(`no pod for ${name}`);
  return pod;
}

/** What listens in the pods, at their addresses. */
const listenersOf = (world: World) =>
  podsIn(world).flatMap((pod) =>
    (clusterOf(world, 'shop').processes[`probed/${pod.metadata.name}`] ?? [])
      .filter(({ loopback }) => !loopback)
      .map(({ port, behaviour }) => ({ address: podAddress(pod), port, behaviour })),
  );

const conditionsOf = (conditions: PodCondition[]) =>
  ['Ready', 'ContainersReady'].map((wanted) => {
    const { type, status, reason, message } = conditions.find((each) => each.type === wanted) ?? {};
    return { type, status, ...(reason && { reason }), ...(message && { message }) };
  });

const eventsAbout = (world: World, { metadata }: Pod) =>
  objectsOf(clusterOf(world, 'shop'), 'Event')
    .filter(({ involvedObject }) => involvedObject.name === metadata.name)
    .map(({ type, reason, message }) => `${type} ${reason}: ${withoutChance(message)}`);

/**
 * What is reported without what chance decides: the kubelet's end of a connection, and which of two goroutines of its HTTP client
 * notices first that a time is over or that an answer is none.
 */
const withoutChance = (message: string): string =>
  message
    .replace(/tcp \S+->/, 'tcp KUBELET->')
    .replace('net/http: HTTP/1.x transport connection broken: ', '')
    .replace(
      /(net\/http: request canceled while waiting for connection|context deadline exceeded)( \(Client\.Timeout exceeded while awaiting headers\))?$/,
      'too late',
    );

/** The same happens again and again. */
const firstOf = (real: ProbeReport | undefined) =>
  (real?.Events ?? []).slice(0, 1).map(({ Type, Reason, Message }) => `${Type} ${Reason}: ${withoutChance(Message)}`);
