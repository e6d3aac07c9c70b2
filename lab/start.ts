import { randomBytes } from 'node:crypto';
import { devNull } from 'node:os';
import { copyOf } from './copy.ts';
import type { Delivery, Lab, RecordedCall } from './lab.ts';
import { living } from './living.ts';
import { accessEntries } from './wire/access-entries.ts';
import { accessKey } from './wire/aws/credential.ts';
import { serveAws } from './wire/aws/endpoint.ts';
import { type BucketSize, tokenBucket } from './wire/aws/token-bucket.ts';
import { cloudTrail } from './wire/cloud-trail.ts';
import { cloudWatch } from './wire/cloud-watch.ts';
import { cloudWatchLogs } from './wire/cloud-watch-logs.ts';
import { openDynamoDb } from './wire/dynamodb/service.ts';
import { ec2 } from './wire/ec2/service.ts';
import { eks } from './wire/eks.ts';
import { eventBridge } from './wire/event-bridge.ts';
import { lambdaService } from './wire/function/lambda-service.ts';
import { iam } from './wire/iam.ts';
import { openClusters } from './wire/kubernetes/clusters.ts';
import { kubeconfig } from './wire/kubernetes/kubeconfig.ts';
import { loadBalancing } from './wire/load-balancing/service.ts';
import { openReceivers } from './wire/receivers/receivers.ts';
import { receiveSlack, type SlackTrouble } from './wire/receivers/slack.ts';
import { type StoredObject, s3 } from './wire/s3.ts';
import { secretsManager } from './wire/secrets-manager.ts';
import { sns } from './wire/sns.ts';
import { sts } from './wire/sts.ts';
import { openListeners } from './wire/targets/listeners.ts';
import type { World } from './world/world.ts';

export interface LabOptions {
  /** Worlds of other accounts and Regions, behind the same endpoint: a Region is chosen by the signature, an account by AssumeRole. */
  elsewhere?: World[];
  /** Name of the DynamoDB table, `eks-nlb-auditor` when absent. */
  table?: string;
  /** Name of the bucket of reports, `eks-nlb-auditor-reports` when absent. */
  bucket?: string;
  /** Name of the secret that holds the Slack webhook URL, `eks-nlb-auditor/slack-webhook` when absent. */
  slackSecret?: string;
  /** False: nothing listens at the addresses of the world, for machines that cannot bind them. */
  sockets?: boolean;
  /** The bucket that all Elastic Load Balancing calls share; unlimited when absent. */
  elbBucket?: BucketSize;
  /** Milliseconds that an answer of Elastic Load Balancing takes, at least and at most; none when absent. */
  elbLatencyMs?: { least: number; most: number };
  /** How many continue tokens of Kubernetes lists have expired (410) when they are used. */
  expiredContinues?: number;
  /** Answers of Slack to the first posts. */
  slackTroubles?: SlackTrouble[];
  /**
   * The clock of a lab that lives, RFC 3339: it takes writes of kubectl and of the AWS CLI, controllers act on them, and it moves along
   * with the clock. Without one its world stands still and refuses writes.
   */
  clock?(): string;
}

interface Part {
  close(): Promise<void>;
}

/** Serves a world on loopback: AWS, Kubernetes, targets, Slack. Rejects, with nothing left behind, where it cannot. */
export async function startLab(world: World, options: LabOptions = {}): Promise<Lab> {
  const { table = 'eks-nlb-auditor', bucket = 'eks-nlb-auditor-reports', sockets = true } = options;
  const { slackSecret = 'eks-nlb-auditor/slack-webhook' } = options;
  const { account, region } = world;
  const elsewhere = (options.elsewhere ?? []).map((each) => copyOf(each));
  const calls: RecordedCall[] = [];
  const deliveries: Delivery[] = [];
  const streamHandlers: ((event: unknown) => void)[] = [];
  const record = (call: RecordedCall): void => void calls.push(call);
  const deliver = (delivery: Delivery): void => void deliveries.push(delivery);
  const objects = new Map<string, StoredObject>();
  const parts: Part[] = [];

  function keep<Kept extends Part>(part: Kept): Kept {
    parts.unshift(part);
    return part;
  }
  async function close(): Promise<void> {
    // One after the other, because a part may use those that were opened before it.
    for (const part of parts.splice(0)) await part.close();
  }

  try {
    const listeners = keep(openListeners());
    const slack = keep(await receiveSlack({ troubles: options.slackTroubles ?? [], deliver }));
    const receivers = keep(await openReceivers(deliver));
    const dynamoDb = keep(
      await openDynamoDb({
        table,
        region,
        account,
        onRecords: (Records) => {
          for (const handler of streamHandlers) handler({ Records });
        },
      }),
    );
    const live =
      options.clock &&
      living({
        world: () => lab.world,
        apply: (next) => lab.apply(next),
        refresh: () => clusters.refresh(lab.world.clusters),
        clock: options.clock,
      });
    const elbToken = options.elbBucket === undefined ? () => true : tokenBucket(options.elbBucket);
    const aws = keep(
      await serveAws(world, {
        elsewhere,
        services: {
          dynamodb: dynamoDb.service,
          ec2,
          eks: eks(accessEntries()),
          elasticloadbalancing: loadBalancing,
          events: eventBridge(deliver),
          iam,
          lambda: lambdaService(deliver),
          cloudtrail: cloudTrail,
          logs: cloudWatchLogs,
          monitoring: cloudWatch,
          s3: s3(bucket, objects),
          secretsmanager: secretsManager,
          sns: sns(deliver),
          sts: sts(() => [lab.world, ...elsewhere]),
        },
        delayMs: (service) => (service === 'elasticloadbalancing' ? latency(options.elbLatencyMs) : 0),
        admit: (service) => service !== 'elasticloadbalancing' || elbToken(),
        record,
        ...(live && { change: live.changeAws, onCall: live.keepPace }),
      }),
    );
    const adminToken = randomBytes(24).toString('base64url');
    const clusters = keep(
      openClusters({
        account,
        region,
        stsUrl: aws.url,
        adminToken,
        expiredContinues: options.expiredContinues ?? 0,
        record,
        ...(live && { change: live.changeCluster, onCall: live.keepPace }),
      }),
    );

    const lab: Lab = {
      world,
      env: environment(aws.url, region),
      calls,
      deliveries,
      objects,
      slackWebhookUrl: slack.webhookUrl,
      slack: slack.place,
      pagerDuty: receivers.pagerDuty,
      teamsUrl: receivers.teamsUrl,
      kubeconfig: '',
      async apply(next) {
        const served = await clusters.apply(next.clusters);
        lab.world = { ...next, clusters: served, secrets: { [slackSecret]: slack.webhookUrl, ...next.secrets } };
        lab.kubeconfig = kubeconfig(
          served.map(({ cluster }) => cluster),
          adminToken,
        );
        aws.apply(lab.world);
        if (sockets) await listeners.apply([next, ...elsewhere].flatMap((each) => each.sockets));
      },
      onStream: (handler) => void streamHandlers.push(handler),
      close,
    };
    for (const there of elsewhere) {
      const { account, region } = there;
      const served = keep(openClusters({ account, region, stsUrl: aws.url, adminToken, expiredContinues: 0, record }));
      there.clusters = await served.apply(there.clusters);
    }
    await lab.apply(live ? copyOf(world) : world);
    return lab;
  } catch (error) {
    await close();
    throw error;
  }
}

const latency = ({ least, most } = { least: 0, most: 0 }): number => least + Math.random() * (most - least);

/** Points the SDK and the CLI at the lab and away from whatever the machine is configured for. */
const environment = (url: string, region: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: url,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: accessKey.id,
  AWS_SECRET_ACCESS_KEY: accessKey.secret,
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
});
