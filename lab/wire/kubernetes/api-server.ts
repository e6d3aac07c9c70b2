import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { RecordedCall } from '../../lab.ts';
import type { WorldCluster } from '../../world.ts';
import { callerArn } from '../aws/credential.ts';
import { issueForLoopback } from '../certificates.ts';
import { listen } from '../listen.ts';
import { answerApi } from './api.ts';
import { ApiStatus, unauthorized } from './api-status.ts';
import { storeObjects } from './object-store.ts';

/** The Kubernetes API of one cluster on loopback. */
export interface ApiServer {
  endpoint: string;
  /** PEM. */
  certificateAuthority: string;
  /** Serves this state from now on; continue tokens of the state before have expired. */
  apply(cluster: WorldCluster): Promise<void>;
  close(): Promise<void>;
}

interface ApiServerOptions {
  account: string;
  /** True for a bearer token that this cluster takes. */
  authenticate(token: string): boolean;
  record(call: RecordedCall): void;
}

/** Starts the API server of a cluster with a certificate authority of its own; its address stays while it lives. */
export async function serveKubernetes(cluster: WorldCluster, options: ApiServerOptions): Promise<ApiServer> {
  const { ca, server: pair } = await issueForLoopback(`${cluster.cluster.name}-ca`);
  const server = createServer(pair, (request, response) => handle(request, response));
  const service = `kubernetes/${cluster.cluster.name}`;
  let state = stateOf(cluster, 1000);
  let listening = await listen(server);
  const { port } = listening;
  if (!cluster.reachable) await listening.close();

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'https://lab');
    const call = { action: `${request.method} ${url.pathname}`, parameters: {} as Record<string, unknown> };
    const { status, type, body } = attempt();
    if (!isPublic(url.pathname)) options.record({ service, ...call, status });
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);

    function attempt(): { status: number; type: string; body: string } {
      try {
        const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
        if (!isPublic(url.pathname) && (token === undefined || !options.authenticate(token))) throw unauthorized();
        const answer = answerApi({
          method: request.method ?? '',
          url,
          accept: request.headers.accept ?? '',
          ...state,
          named,
        });
        return typeof answer === 'string' ? { status: 200, type: 'text/plain', body: answer } : json(200, answer);
      } catch (error) {
        if (error instanceof ApiStatus) return json(error.code, error.body);
        return json(500, new ApiStatus(500, 'InternalError', `The lab failed: ${String(error)}`).body);
      }
    }

    function named(action: string, parameters: Record<string, unknown>): void {
      Object.assign(call, { action, parameters });
    }
  }

  function stateOf(next: WorldCluster, version: number) {
    const resourceVersion = String(version);
    return { cluster: next, store: storeObjects(next.objects), resourceVersion, user: callerArn(options.account) };
  }

  return {
    endpoint: `https://127.0.0.1:${port}`,
    certificateAuthority: ca,
    async apply(next) {
      const { reachable } = state.cluster;
      state = stateOf(next, Number(state.resourceVersion) + 1);
      if (reachable && !next.reachable) await listening.close();
      if (!reachable && next.reachable) listening = await listen(server, port);
    },
    close: () => listening.close(),
  };
}

const json = (status: number, body: object) => ({ status, type: 'application/json', body: JSON.stringify(body) });

/** Paths that EKS serves to anyone (ClusterRole `system:public-info-viewer`). */
const isPublic = (path: string): boolean => ['/version', '/livez', '/readyz', '/healthz'].includes(path);
