import type { RecordedCall } from '../../lab.ts';
import type { WorldCluster } from '../../world/world.ts';
import { allDone } from '../all-done.ts';
import { accessKey, roleKeyId } from '../aws/credential.ts';
import { type ApiServer, type ClusterEdit, serveKubernetes } from './api-server.ts';
import { tokenFault } from './eks-token.ts';

/** The API servers of all clusters. */
export interface Clusters {
  /** Serves these clusters and no others; answers them with endpoint and certificate authority filled in. */
  apply(clusters: WorldCluster[]): Promise<WorldCluster[]>;
  /** Serves the same clusters again, in which only time has passed. */
  refresh(clusters: WorldCluster[]): void;
  close(): Promise<void>;
}

interface ClustersOptions {
  account: string;
  region: string;
  /** The lab's own STS, for tokens that are signed under `AWS_ENDPOINT_URL`. */
  stsUrl: string;
  /** The bearer token of the lab's kubeconfig, which does not expire. */
  adminToken: string;
  /** How many continue tokens have expired when they are used. */
  expiredContinues: number;
  record(call: RecordedCall): void;
  /** Changes the cluster of that name; absent where the world stands still. */
  change?(name: string, edit: ClusterEdit): Promise<ReturnType<ClusterEdit>['answer']>;
  onCall?(): void;
}

/** Opens API servers as clusters come, and closes them as clusters go. */
export function openClusters({ account, region, stsUrl, adminToken, change, ...options }: ClustersOptions): Clusters {
  let expiredContinues = options.expiredContinues;
  const expires = () => expiredContinues-- > 0;
  const servers = new Map<string, ApiServer>();
  const origins = [`https://sts.${region}.amazonaws.com`, 'https://sts.amazonaws.com', stsUrl];

  async function serve(world: WorldCluster): Promise<WorldCluster> {
    const { cluster } = world;
    const running = servers.get(cluster.name);
    const authority = { cluster: cluster.name, accessKey, roleKeyId: roleKeyId(account), origins };
    const isGood = remembered((token) => tokenFault(token, authority) === undefined);
    const authenticate = (token: string) => token === adminToken || isGood(token);
    const server =
      running ??
      (await serveKubernetes(world, {
        account,
        authenticate,
        expires,
        record: options.record,
        ...(change && { change: (edit) => change(cluster.name, edit) }),
        ...(options.onCall && { onCall: options.onCall }),
      }));
    servers.set(cluster.name, server);
    await running?.apply(world);
    // A cluster that is being made has no endpoint yet.
    if (cluster.status === 'CREATING') return world;
    const certificateAuthority = Buffer.from(server.certificateAuthority).toString('base64');
    return { ...world, cluster: { ...cluster, endpoint: server.endpoint, certificateAuthority } };
  }

  async function apply(clusters: WorldCluster[]): Promise<WorldCluster[]> {
    const kept = new Set(clusters.map(({ cluster }) => cluster.name));
    const gone = [...servers].filter(([name]) => !kept.has(name));
    for (const [name] of gone) servers.delete(name);
    await Promise.all(gone.map(([, server]) => server.close()));
    return allDone(clusters.map(serve));
  }

  function refresh(clusters: WorldCluster[]): void {
    for (const world of clusters) servers.get(world.cluster.name)?.refresh(world);
  }

  return { apply, refresh, close: async () => void (await apply([])) };
}

/** Milliseconds for which an API server keeps what it was told of a token (kube-apiserver, `--authentication-token-webhook-cache-ttl`). */
const cacheMs = 120_000;

/** As an API server does: a token that was found good is not looked at again for some time. */
function remembered(isGood: (token: string) => boolean): (token: string) => boolean {
  const goodUntil = new Map<string, number>();
  return (token) => {
    if ((goodUntil.get(token) ?? 0) > Date.now()) return true;
    if (!isGood(token)) return false;
    goodUntil.set(token, Date.now() + cacheMs);
    return true;
  };
}
