import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { RecordedCall } from '../../lab.ts';
import type { World, WorldCluster } from '../../world/world.ts';
import { callerArn } from '../aws/credential.ts';
import { issueForLoopback } from '../certificates.ts';
import { listen } from '../listen.ts';
import { answerApi, targetOfWrite } from './api.ts';
import { ApiStatus, PageNotFound, unauthorized } from './api-status.ts';
import { storeObjects } from './object-store.ts';
import type { Json } from './patch.ts';
import { write } from './write.ts';

/** The Kubernetes API of one cluster on loopback. */
export interface ApiServer {
  endpoint: string;
  /** PEM. */
  certificateAuthority: string;
  /** Serves this state from now on; continue tokens of the state before have expired. */
  apply(cluster: WorldCluster): Promise<void>;
  /** Serves the same state again, in which only time has passed. */
  refresh(cluster: WorldCluster): void;
  close(): Promise<void>;
}

interface ApiServerOptions {
  account: string;
  /** True for a bearer token that this cluster takes. */
  authenticate(token: string): boolean;
  /** Asked for each continue token: true = it has expired. */
  expires(): boolean;
  record(call: RecordedCall): void;
  /** Changes this cluster in the world and lets everything follow; absent where the world stands still. */
  change?(edit: ClusterEdit): Promise<ReturnType<ClusterEdit>['answer']>;
  /** Called before each answer. */
  onCall?(): void;
}

/** Changes a draft of the cluster; answers what was written, and with what. */
export type ClusterEdit = (world: World, cluster: WorldCluster) => ReturnType<typeof write>;

/** Starts the API server of a cluster with a certificate authority of its own; its address stays while it lives. */
export async function serveKubernetes(cluster: WorldCluster, options: ApiServerOptions): Promise<ApiServer> {
  const { account, authenticate, expires, record, change, onCall } = options;
  const service = `kubernetes/${cluster.cluster.name}`;
  let state = stateOf(cluster, 1000);

  async function handle(request: IncomingMessage): Promise<Answer> {
    const { method = '', url: path = '/', headers } = request;
    onCall?.();
    const url = new URL(path, 'https://lab');
    const call: Pick<RecordedCall, 'action' | 'parameters'> = { action: `${method} ${url.pathname}`, parameters: {} };
    const named = (action: string, parameters: Record<string, unknown>) => Object.assign(call, { action, parameters });
    const body = method === 'GET' ? undefined : await readBody(request);
    const answer = await attempt(async () => {
      const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
      if (!isPublic(url.pathname) && !authenticate(token)) throw unauthorized();
      const asked = { method, url, accept: headers.accept ?? '', user: callerArn(account), expires, named };
      if (body === undefined || change === undefined) return { status: 200, body: answerApi({ ...asked, ...state }) };
      const target = targetOfWrite({ ...asked, ...state });
      const mediaType = headers['content-type']?.split(';')[0] ?? '';
      return change((world, own) => write(world, own, { method, mediaType, body, ...target }));
    });
    if (!isPublic(url.pathname)) record({ service, ...call, status: answer.status });
    return answer;
  }

  const { ca, server: pair } = await issueForLoopback(`${cluster.cluster.name}-ca`);
  const server = createServer(pair, async (request, response) => {
    const { status, type, body } = await handle(request);
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
  });
  let listening = await listen(server);
  const { port } = listening;
  if (!cluster.reachable) await listening.close();
  return {
    endpoint: `https://127.0.0.1:${port}`,
    certificateAuthority: ca,
    async apply(next) {
      const { reachable } = state.cluster;
      state = stateOf(next, Number(state.resourceVersion) + 1);
      if (reachable && !next.reachable) await listening.close();
      if (!reachable && next.reachable) listening = await listen(server, port);
    },
    refresh(next) {
      state = { ...state, cluster: next, store: storeObjects(next) };
    },
    close: () => listening.close(),
  };
}

const stateOf = (cluster: WorldCluster, version: number) => ({
  cluster,
  store: storeObjects(cluster),
  resourceVersion: String(version),
});

interface Answer {
  status: number;
  type: string;
  body: string;
}

/** A status and an object or a text. */
interface Done {
  status: number;
  body: object | string;
}

async function attempt(answer: () => Promise<Done>): Promise<Answer> {
  try {
    const { status, body } = await answer();
    return typeof body === 'string' ? { status, type: 'text/plain', body } : json(status, body);
  } catch (error) {
    if (error instanceof PageNotFound) return { status: 404, type: 'text/plain', body: error.body };
    if (error instanceof ApiStatus) return json(error.code, error.body);
    return json(500, new ApiStatus(500, 'InternalError', `The lab failed: ${String(error)}`).body);
  }
}

/** JSON, or YAML of which JSON is a part; nothing where there is no body. */
async function readBody(request: IncomingMessage): Promise<Json> {
  const text = Buffer.concat(await request.toArray()).toString();
  return text === '' ? null : (JSON.parse(text) as Json);
}

const json = (status: number, body: object): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});

/** Paths that EKS serves to anyone (ClusterRole `system:public-info-viewer`). */
const isPublic = (path: string): boolean => ['/version', '/livez', '/readyz', '/healthz'].includes(path);
