import type { StoredObject } from './wire/s3.ts';
import type { World } from './world.ts';

/** One request that the lab received, in the order of arrival. */
export interface RecordedCall {
  /** `ec2`, `elasticloadbalancing`, `eks`, `s3`, `sts`, `sns`, `secretsmanager`, `dynamodb` or `kubernetes/<cluster>`. */
  service: string;
  /** API action, or for Kubernetes verb and resource: `list pods`. */
  action: string;
  parameters: Record<string, unknown>;
  status: number;
  /** The body of an AWS answer. */
  answer?: string;
}

/** A message as it was delivered. */
export interface Delivery {
  channel: 'slack' | 'sns';
  /** Slack: the posted JSON. SNS: parameters of Publish. */
  body: Record<string, unknown>;
  at: string;
}

/** A running lab. Everything listens on loopback and ends with `close`. */
export interface Lab {
  world: World;
  /** Environment that points the AWS SDK, the AWS CLI and the product at the lab. */
  env: Record<string, string>;
  calls: RecordedCall[];
  deliveries: Delivery[];
  /** What is in the bucket of reports, by key. */
  objects: Map<string, StoredObject>;
  /** Where Slack's incoming webhook listens; the lab's secret holds it. */
  slackWebhookUrl: string;
  /** Kubeconfig text for kubectl, one context per cluster. */
  kubeconfig: string;
  /** Puts another state of the world in place: API answers and listeners. */
  apply(world: World): Promise<void>;
  /** Called with each DynamoDB stream event (Lambda's `DynamoDBStreamEvent` shape) after a write. */
  onStream(handler: (event: unknown) => void): void;
  close(): Promise<void>;
}
