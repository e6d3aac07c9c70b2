import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient } from '@aws-sdk/client-eks';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import type { Cluster } from '../../core/model/aws.ts';
import { type Connection, openConnection } from '../kubernetes/client/connection.ts';
import { tokenSource } from '../kubernetes/client/token.ts';
import { governor } from './governor.ts';
import { openFlowLogBucket } from './optional/flow-log-bucket.ts';
import { type AwsPlace, placeOf } from './place.ts';
import { silence } from './silence.ts';
import { requestHandler } from './time-outs.ts';
import { noUsage, type Usage } from './usage.ts';
import { watched } from './watched.ts';

export interface ConnectOptions extends AwsPlace {
  /** Describe* calls to Elastic Load Balancing that this run may send each second. */
  callsPerSecond: number;
  /** Look-ups of CloudTrail each second, by default the two that an account has in a Region (LookupEvents). */
  lookupsPerSecond?: number;
  /** Look-ups in log groups each second, by default 4: the least quota of FilterLogEvents in any Region is 5 (CloudWatch Logs quotas). */
  filtersPerSecond?: number;
  /** Ends every call when it aborts. */
  signal: AbortSignal;
  /** Milliseconds after which it is over too where nothing of AWS has answered by then; without it each call has its own time-outs alone. */
  patience?: number;
}

/** The ways out to AWS and Kubernetes for one run: limited, counted, and ended by one signal. */
export interface Clients {
  eks: EKSClient;
  elbv2: ElasticLoadBalancingV2Client;
  ec2: EC2Client;
  sts: STSClient;
  /** Made, and their code loaded, when they are first asked for. */
  cloudWatch(): Promise<CloudWatchClient>;
  /** `global`: for what AWS records of IAM. */
  cloudTrail(where: 'here' | 'global'): Promise<CloudTrailClient>;
  cloudWatchLogs(): Promise<CloudWatchLogsClient>;
  /** For the buckets that flow logs go to. */
  flowLogBucket(): Promise<S3Client>;
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
  callsPerSecond,
  lookupsPerSecond = 2,
  filtersPerSecond = 4,
  patience,
  signal: until,
  ...place
}: ConnectOptions): Clients {
  const usage = noUsage();
  const quiet = patience === undefined ? undefined : silence(patience);
  const signal = quiet === undefined ? until : AbortSignal.any([until, quiet.signal]);
  const settings = { ...placeOf(place), maxAttempts: 3, requestHandler };
  const sts = new STSClient(settings);
  const shared = { ...settings, region: sts.config.region, credentials: sts.config.credentials };
  const eks = new EKSClient(shared);
  const elbv2 = new ElasticLoadBalancingV2Client(shared);
  const ec2 = new EC2Client(shared);
  const clients: { destroy(): void }[] = [sts, eks, elbv2, ec2];
  const close = (): void => {
    for (const client of clients) client.destroy();
  };

  const watch = { usage, signal, concurrency: 4, ...(quiet && { quiet }) };
  sts.middlewareStack.use(watched({ ...watch, service: 'sts' }));
  eks.middlewareStack.use(watched({ ...watch, service: 'eks' }));
  ec2.middlewareStack.use(watched({ ...watch, service: 'ec2' }));
  elbv2.middlewareStack.use(watched({ ...watch, service: 'elasticloadbalancing', governor: governor(callsPerSecond) }));
  /** Opens a client at the first call, and gives the same one at every other. */
  function later<Client extends { destroy(): void }>(open: () => Promise<Client>): () => Promise<Client> {
    let opened: Promise<Client> | undefined;
    return () => {
      opened ??= open().then((client) => {
        clients.push(client);
        return client;
      });
      return opened;
    };
  }
  const openTrail = async (there: Partial<typeof shared>): Promise<CloudTrailClient> =>
    (await import('./optional/cloud-trail.ts')).openCloudTrail({ ...shared, ...there }, { ...watch, lookupsPerSecond });
  const trails = {
    here: later(() => openTrail({})),
    global: later(async () => openTrail({ region: async () => globalRegionOf(await sts.config.region()) })),
  };
  // Requests under way end with their sockets: the SDK takes an abort signal only call by call.
  signal.addEventListener('abort', close, { once: true });

  return {
    eks,
    elbv2,
    ec2,
    sts,
    cloudWatch: later(async () => (await import('./optional/cloud-watch.ts')).openCloudWatch(shared, watch)),
    cloudTrail: (where) => trails[where](),
    cloudWatchLogs: later(async () =>
      (await import('./optional/cloud-watch-logs.ts')).openCloudWatchLogs(shared, { ...watch, filtersPerSecond }),
    ),
    flowLogBucket: later(async () => openFlowLogBucket(shared, watch)),
    signal,
    kubernetes: (cluster, until) =>
      openConnection({ cluster, token: tokenSource(sts, cluster.name), signal: until, usage }),
    usage: () => ({ ...usage, apiCalls: { ...usage.apiCalls } }),
    close,
  };
}

/** The Region of a partition in which IAM and what CloudTrail records of it are (CloudTrail user guide, "Global service events"). */
const globalRegionOf = (region: string): string =>
  region.startsWith('cn-') ? 'cn-north-1' : region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1';
