import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { selfSigned } from '../../../lab/wire/certificates.ts';
import { ApiStatus } from '../../../lab/wire/kubernetes/api-status.ts';
import { podLog } from '../../../lab/wire/kubernetes/pod-log.ts';
import type { Pod } from '../../../lab/world/kubernetes-object.ts';
import type { WorldCluster } from '../../../lab/world/world.ts';

/** Pods with their logs by `namespace/pod/container`. */
export interface PodLogs {
  pods: Pod[];
  logs: WorldCluster['logs'];
}

interface Kubelets {
  /** Unix socket of the proxy through which all of them are reached. */
  path: string;
  serve(logs: PodLogs): void;
  close(): Promise<void>;
}

/** The kubelets of all nodes: a proxy for CONNECT, behind it TLS, behind that the logs of containers. */
export async function serveKubelets(path: string): Promise<Kubelets> {
  let current: PodLogs = { pods: [], logs: {} };
  const sockets = new Set<Duplex>();
  const kubelet = createSecureServer(await selfSigned('kubelet'), ({ url = '' }, response) => {
    const { status, body } = answer(new URL(url, 'https://kubelet'), current);
    response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
  });
  const proxy = createServer((_, response) => response.writeHead(405).end());
  proxy.on('connect', (_, socket: Duplex) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    kubelet.emit('connection', socket);
  });
  await once(proxy.listen(path), 'listening');
  return {
    path,
    serve(logs) {
      current = logs;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}

/** `/containerLogs/<namespace>/<pod>/<container>` (kubernetes: pkg/kubelet/server/server.go). */
function answer({ pathname, searchParams }: URL, { pods, logs }: PodLogs): { status: number; body: string } {
  const [, call, namespace, name, container = ''] = pathname.split('/');
  const pod = pods.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  if (call !== 'containerLogs' || pod === undefined) return { status: 404, body: `pod "${name}" not found` };
  try {
    return { status: 200, body: podLog(pod, new URLSearchParams([...searchParams, ['container', container]]), logs) };
  } catch (error) {
    if (error instanceof ApiStatus) return { status: error.code, body: error.message };
    throw error;
  }
}
