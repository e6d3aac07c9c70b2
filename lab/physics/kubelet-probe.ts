import type { Pod } from '../world/kubernetes-object.ts';
import { podAddress } from '../world/pod/pod.ts';
import type { ContainerProbe } from '../world/pod/workload-options.ts';
import type { AudibleBehaviour, Behaviour, Process } from '../world/world.ts';

/** What a kubelet reports of a probe that does not simply pass; only with a warning the container is ready all the same. */
export interface ProbeReport {
  isReady: boolean;
  reason: 'Unhealthy' | 'ProbeWarning';
  /** What follows `Readiness probe `. */
  words: string;
}

type HttpBehaviour = Extract<Behaviour, { kind: 'http' }>;

/**
 * What the kubelet makes of a readiness probe of a pod in which these processes listen; `undefined` when it passes, as those
 * of commands and gRPC always do here. Words and verdicts are those of k8s.io/kubernetes pkg/kubelet/prober 1.35.4 against the
 * listeners of the lab (test/conformance/kubelet).
 */
export function runProbe(probe: ContainerProbe, pod: Pod, processes: Process[]): ProbeReport | undefined {
  const wanted = probe.httpGet?.port ?? probe.tcpSocket?.port;
  if (wanted === undefined) return undefined;
  const port = containerPort(pod, wanted);
  if (port === undefined)
    return unready(`errored and resulted in unknown state: strconv.Atoi: parsing "${wanted}": invalid syntax`);
  const process = processes.find((candidate) => candidate.port === port);
  const behaviour = process === undefined || process.loopback ? undefined : whatIsMet(process.behaviour);
  return probe.httpGet === undefined
    ? tcpReport(behaviour, `${podAddress(pod)}:${port}`)
    : httpReport(behaviour, { pod, port, probe, get: probe.httpGet });
}

/** The number behind a port of the pod that may be given by name. */
export function containerPort(pod: Pod, port: number | string): number | undefined {
  if (typeof port === 'number') return port;
  return pod.spec.containers.flatMap(({ ports = [] }) => ports).find(({ name }) => name === port)?.containerPort;
}

/** The status that an HTTP process gives to a path. */
export const statusOf = (paths: Record<string, number>, path: string): number => paths[path] ?? paths['*'] ?? 404;

const unready = (words: string): ProbeReport => ({ isReady: false, reason: 'Unhealthy', words });
const failed = (why: string): ProbeReport => unready(`failed: ${why}`);

/** The kubelet sits on the node and meets no loss on the way to the pod. */
const whatIsMet = (behaviour: Behaviour): AudibleBehaviour | { kind: 'silent' } =>
  behaviour.kind === 'lossy' ? behaviour.behaviour : behaviour;

type Met = ReturnType<typeof whatIsMet> | undefined;

function tcpReport(behaviour: Met, address: string): ProbeReport | undefined {
  if (behaviour === undefined) return failed(`dial tcp ${address}: connect: connection refused`);
  return behaviour.kind === 'silent' ? failed(`dial tcp ${address}: i/o timeout`) : undefined;
}

interface HttpProbe {
  pod: Pod;
  port: number;
  probe: ContainerProbe;
  get: NonNullable<ContainerProbe['httpGet']>;
}

const tooLate = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
const tooLateForTls =
  'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)';

function httpReport(behaviour: Met, { pod, port, probe, get }: HttpProbe): ProbeReport | undefined {
  const { scheme = 'HTTP', path = '/', httpHeaders = [] } = get;
  const address = `${podAddress(pod)}:${port}`;
  const url = new URL(path, `${scheme.toLowerCase()}://${address}`);
  const isTls = scheme === 'HTTPS';
  const refused = (why: string) => failed(`Get "${url}": ${why}`);
  const isReset = `read tcp ${pod.status.hostIP}:${kubeletPort}->${address}: read: connection reset by peer`;
  if (behaviour === undefined) return refused(`dial tcp ${address}: connect: connection refused`);
  switch (behaviour.kind) {
    case 'silent':
      return refused(tooLate);
    case 'tcp':
      return refused(isTls ? tooLateForTls : tooLate);
    case 'reset':
      return refused(isReset);
    case 'banner':
      return refused(
        isTls
          ? 'tls: first record does not look like a TLS handshake'
          : `malformed HTTP response ${JSON.stringify(behaviour.text.split(/\r?\n/)[0])}`,
      );
    case 'http': {
      if (behaviour.proxyProtocol === 'required') return refused(isReset);
      const unspoken = tlsRefusal(behaviour, isTls);
      if (unspoken !== undefined) return refused(unspoken);
      if ((behaviour.delayMs ?? 0) >= (probe.timeoutSeconds ?? 1) * 1000) return refused(tooLate);
      const host = httpHeaders.find(({ name }) => name.toLowerCase() === 'host')?.value;
      return answerReport(behaviour, { url, isTls, host });
    }
  }
}

/** Of the kubelet's end of a connection; a real one is another each time. */
const kubeletPort = 40312;

/** Why an HTTP client does not come to ask: the kubelet trusts any certificate, and has none of its own. */
function tlsRefusal({ tls }: HttpBehaviour, isTls: boolean): string | undefined {
  if (isTls && tls === undefined) return 'http: server gave HTTP response to HTTPS client';
  if (!isTls && tls !== undefined) return 'EOF';
  return tls?.clientCertificate ? 'remote error: tls: certificate required' : undefined;
}

interface Answered {
  url: URL;
  isTls: boolean;
  /** The Host header that the probe names. */
  host: string | undefined;
}

/** 200 to 399 is success; a redirect is followed only to the same host, and is a success with a warning otherwise. */
function answerReport(
  { allowedHosts, paths, body = '' }: HttpBehaviour,
  { url, isTls, host }: Answered,
): ProbeReport | undefined {
  const isKnown = allowedHosts?.includes(host ?? url.host) ?? true;
  const status = isKnown ? (paths[`${url.pathname}${url.search}`] ?? statusOf(paths, url.pathname)) : 400;
  if (status < 200 || status > 399) return failed(`HTTP probe failed with statuscode: ${status}`);
  if (status < 300) return undefined;
  const isFollowed = movedTo.includes(status) && (host === undefined || host.replace(/:\d+$/, '') === url.hostname);
  if (!isFollowed)
    return {
      isReady: true,
      reason: 'ProbeWarning',
      words: `warning: Probe terminated redirects, Response body: ${body}`,
    };
  // The process sends clients to itself by HTTPS.
  const there = url.href.replace(/^http:/, 'https:');
  return failed(
    `Get "${there}": ${isTls ? 'stopped after 10 redirects' : 'http: server gave HTTP response to HTTPS client'}`,
  );
}

/** Statuses with which the processes of the lab name another address. */
const movedTo = [301, 302, 303, 307, 308];
