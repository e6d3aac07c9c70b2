import type { StoredObject } from './wire/s3.ts';
import type { World } from './world/world.ts';

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
  channel: 'slack' | 'sns' | 'eventbridge' | 'pagerduty' | 'teams' | 'lambda';
  /** For Lambda the name of a function and its event. Else the posted JSON, with `method` and `ts` where it went to the Slack Web API; parameters of Publish; an entry of PutEvents. */
  body: Record<string, unknown>;
  at: string;
}

/** Slack as an app sees it. */
export interface SlackPlace {
  apiUrl: string;
  token: string;
  channel: string;
  archived: string;
  /** A channel that the app is no member of. */
  foreign: string;
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
  /** Where Slack's Web API listens, what its bot token is, and the channels that it knows. */
  slack: SlackPlace;
  /** Where PagerDuty's Events API listens, and the integration key of its service. */
  pagerDuty: { apiUrl: string; routingKey: string };
  /** Where a workflow of Microsoft Teams listens. */
  teamsUrl: string;
  /** Kubeconfig text for kubectl, one context per cluster. */
  kubeconfig: string;
  /** Puts another state of the world in place: API answers and listeners. */
  apply(world: World): Promise<void>;
  /** Called with each DynamoDB stream event (Lambda's `DynamoDBStreamEvent` shape) after a write. */
  onStream(handler: (event: unknown) => void): void;
  close(): Promise<void>;
}
