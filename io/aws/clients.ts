import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient } from '@aws-sdk/client-eks';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { Cluster } from '../../core/model/aws.ts';
import { type Connection, openConnection } from '../kubernetes/client/connection.ts';
import { tokenSource } from '../kubernetes/client/token.ts';
import { governor } from './governor.ts';
import { requestHandler } from './time-outs.ts';
import { noUsage, type Usage } from './usage.ts';
import { watched } from './watched.ts';

export interface ConnectOptions {
  region?: string;
  profile?: string;
  /** In place of those of the profile. */
  credentials?: AwsCredentialIdentityProvider;
  /** Describe* calls to Elastic Load Balancing that this run may send each second. */
  callsPerSecond: number;
  /** Look-ups of CloudTrail each second, by default the two that an account has in a Region (LookupEvents). */
  lookupsPerSecond?: number;
  /** Ends every call when it aborts. */
  signal: AbortSignal;
}

/** The ways out to AWS and Kubernetes for one run: limited, counted, and ended by one signal. */
export interface Clients {
  eks: EKSClient;
  elbv2: ElasticLoadBalancingV2Client;
  ec2: EC2Client;
  sts: STSClient;
  /** Made, and its code loaded, when it is first asked for. */
  cloudWatch(): Promise<CloudWatchClient>;
  cloudTrail(): Promise<CloudTrailClient>;
  signal: AbortSignal;
  /** Who calls, as `principalOf` has it; only where it is known. */
  principal?: string;
  /** Opens a connection to the API server of a cluster; whoever opens it closes it. */
  kubernetes(cluster: Cluster, signal: AbortSignal): Connection;
  usage(): Usage;
  /** Closes idle sockets. */
  close(): void;
}

/** Makes the clients. Region, credentials and endpoints come from the SDK's own chain; a call is tried three times. */
export function connect({
  region,
  profile,
  credentials,
  callsPerSecond,
  lookupsPerSecond = 2,
  signal,
}: ConnectOptions): Clients {
  const usage = noUsage();
  const settings = {
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    ...(credentials && { credentials }),
    maxAttempts: 3,
    requestHandler,
  };
  const sts = new STSClient(settings);
  const shared = { ...settings, region: sts.config.region, credentials: sts.config.credentials };
  const eks = new EKSClient(shared);
  const elbv2 = new ElasticLoadBalancingV2Client(shared);
  const ec2 = new EC2Client(shared);
  const clients: { destroy(): void }[] = [sts, eks, elbv2, ec2];
  const close = (): void => {
    for (const client of clients) client.destroy();
  };

  const watch = { usage, signal, concurrency: 4 };
  sts.middlewareStack.use(watched({ ...watch, service: 'sts' }));
  eks.middlewareStack.use(watched({ ...watch, service: 'eks' }));
  ec2.middlewareStack.use(watched({ ...watch, service: 'ec2' }));
  elbv2.middlewareStack.use(watched({ ...watch, service: 'elasticloadbalancing', governor: governor(callsPerSecond) }));
  let cloudWatch: Promise<CloudWatchClient> | undefined;
  const openedCloudWatch = async (): Promise<CloudWatchClient> => {
    const { openCloudWatch } = await import('./cloud-watch.ts');
    const client = openCloudWatch(shared, watch);
    clients.push(client);
    return client;
  };
  let cloudTrail: Promise<CloudTrailClient> | undefined;
  const openedCloudTrail = async (): Promise<CloudTrailClient> => {
    const { openCloudTrail } = await import('./cloud-trail.ts');
    const client = openCloudTrail(shared, { ...watch, lookupsPerSecond });
    clients.push(client);
    return client;
  };
  // Requests under way end with their sockets: the SDK takes an abort signal only call by call.
  signal.addEventListener('abort', close, { once: true });

  return {
    eks,
    elbv2,
    ec2,
    sts,
    cloudWatch() {
      cloudWatch ??= openedCloudWatch();
      return cloudWatch;
    },
    cloudTrail() {
      cloudTrail ??= openedCloudTrail();
      return cloudTrail;
    },
    signal,
    kubernetes: (cluster, until) =>
      openConnection({ cluster, token: tokenSource(sts, cluster.name), signal: until, usage }),
    usage: () => ({ ...usage, apiCalls: { ...usage.apiCalls } }),
    close,
  };
}
