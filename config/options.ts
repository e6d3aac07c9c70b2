// Generated from config/schema.ts by `npm run docs`. Plain interfaces, so that another application's compiler needs no zod.

/** Topic of another account that receives the findings instead of a topic of this stack; that stack sets `organizationId`. */
export interface CentralTopicOptions {
  /** Its output TopicArn. */
  readonly topicArn: string;
  /** Its output MessageKeyArn. */
  readonly keyArn: string;
}

/** A Slack channel by a bot token with the scope `chat:write`: one message for each incident, edited as it goes on, with the details in its thread. */
export interface SlackChannelOptions {
  /** A Slack channel by a bot token with the scope `chat:write`: one message for each incident, edited as it goes on, with the details in its thread. */
  readonly type: 'slack';
  /** Id of the channel, which the app must be a member of. */
  readonly channel: string;
  /** Name of the Secrets Manager secret that holds the bot token. */
  readonly secret: string;
  /**
   * Of the Slack Web API; `https://slack-gov.com/api/` for GovSlack.
   * @default "https://slack.com/api/"
   */
  readonly apiUrl?: string | undefined;
}

/** A Slack channel by an incoming webhook: a message for each piece of news. */
export interface SlackWebhookChannelOptions {
  /** A Slack channel by an incoming webhook: a message for each piece of news. */
  readonly type: 'slack-webhook';
  /** Name of the Secrets Manager secret that holds the webhook URL. */
  readonly secret: string;
}

/** A channel of Microsoft Teams by a workflow that posts what a webhook receives. */
export interface TeamsChannelOptions {
  /** A channel of Microsoft Teams by a workflow that posts what a webhook receives. */
  readonly type: 'teams';
  /** Name of the Secrets Manager secret that holds the URL of the workflow. */
  readonly secret: string;
}

/** A service of PagerDuty by Events API v2: an alert for each incident, resolved with it. */
export interface PagerdutyChannelOptions {
  /** A service of PagerDuty by Events API v2: an alert for each incident, resolved with it. */
  readonly type: 'pagerduty';
  /** Name of the Secrets Manager secret that holds the integration key. */
  readonly secret: string;
  /**
   * Of the Events API v2; `https://events.eu.pagerduty.com/v2/` for accounts in the EU.
   * @default "https://events.pagerduty.com/v2/"
   */
  readonly apiUrl?: string | undefined;
}

/** An event bus beside that of the stack; docs/event.schema.json describes the events. */
export interface EventbridgeChannelOptions {
  /** An event bus beside that of the stack; docs/event.schema.json describes the events. */
  readonly type: 'eventbridge';
  /** ARN of the bus; one of another account must admit this account. */
  readonly busArn: string;
}

/** One of the channels. */
export type ChannelOptions =
  | SlackChannelOptions
  | SlackWebhookChannelOptions
  | TeamsChannelOptions
  | PagerdutyChannelOptions
  | EventbridgeChannelOptions;

/** A choice of `severity`. */
export type SeverityOption = 'critical' | 'high' | 'medium' | 'low' | 'info';

/** Conditions that a message must meet, all of them. */
export interface MatchOptions {
  /** This severity or a worse one. */
  readonly severity?: SeverityOption | undefined;
  /** Names of clusters; `*` stands for any characters. */
  readonly clusters?: readonly string[] | undefined;
  /** Namespaces of Services; `*` stands for any characters. */
  readonly namespaces?: readonly string[] | undefined;
  /** Values of the label `teamLabel` of Services; `*` stands for any characters. */
  readonly teams?: readonly string[] | undefined;
}

/** An element of `routes`. */
export interface RouteOptions {
  /** Conditions that a message must meet, all of them. */
  readonly match: MatchOptions;
  /** Names of channels. */
  readonly to: readonly string[];
  /** Who is mentioned in Slack when an incident opens: `here`, `channel`, or the id of a member (`U…`) or a user group (`S…`). */
  readonly mention?: string | undefined;
}

/** Adds buttons to Slack messages, to mute and to check again; a public function URL that accepts only requests signed by Slack handles them. */
export interface ButtonsOptions {
  /** Name of the Secrets Manager secret that holds the signing secret. */
  readonly signingSecret: string;
  /**
   * Concurrent invocations reserved for the function URL, which are also its maximum; `null` reserves none, for accounts whose quota is too small to reserve any.
   * @default 5
   */
  readonly concurrency?: number | null | undefined;
}

/** Who gets messages. */
export interface NotifyOptions {
  /** Name of the Secrets Manager secret whose value is the URL of a Slack incoming webhook. */
  readonly slackWebhookSecret?: string | undefined;
  /**
   * Addresses that receive findings and alarms; each has to confirm its subscription.
   * @default []
   */
  readonly emails?: readonly string[] | undefined;
  /** Topic of another account that receives the findings instead of a topic of this stack; that stack sets `organizationId`. */
  readonly centralTopic?: CentralTopicOptions | undefined;
  /** Event bus of another account that receives the events instead of a bus of this stack. */
  readonly centralBusArn?: string | undefined;
  /**
   * Channels in addition to the topic, which is called `sns`, the bus, called `eventbridge`, and the webhook of `slackWebhookSecret`, called `slack`.
   * @default {}
   */
  readonly channels?: { readonly [name: string]: ChannelOptions } | undefined;
  /**
   * A channel that routes name gets what one of them matches; a channel that none names gets everything.
   * @default []
   */
  readonly routes?: readonly RouteOptions[] | undefined;
  /** What messages call the account, beside its number. */
  readonly accountName?: string | undefined;
  /**
   * Label of Services whose value is compared with `teams` of routes.
   * @default "team"
   */
  readonly teamLabel?: string | undefined;
  /** Adds buttons to Slack messages, to mute and to check again; a public function URL that accepts only requests signed by Slack handles them. */
  readonly buttons?: ButtonsOptions | undefined;
}

/** A cause opens when it was found in `bad` of the last `of` runs that could check it. */
export interface OpenAfterOptions {
  /** Runs that found it. */
  readonly bad: number;
  /** The last runs that could check it. */
  readonly of: number;
}

/** A cause flaps after so many openings and resolutions within the time. */
export interface FlappingOptions {
  /** Openings and resolutions. */
  readonly turns: number;
  /** Minutes within which they happen. */
  readonly withinMinutes: number;
}

/** When a cause opens and when it resolves. */
export interface LifeCycleOptions {
  /**
   * A cause opens when it was found in `bad` of the last `of` runs that could check it.
   * @default {"bad":1,"of":1}
   */
  readonly openAfter?: OpenAfterOptions | undefined;
  /**
   * A cause resolves after so many runs in a row that ruled it out.
   * @default 1
   */
  readonly resolveAfter?: number | undefined;
  /**
   * Minutes for which an expected state must leave a zone without a healthy target before it is notified; null = never.
   * @default 15
   */
  readonly emptyZoneAfterMinutes?: number | null | undefined;
  /**
   * A cause flaps after so many openings and resolutions within the time.
   * @default {"turns":4,"withinMinutes":60}
   */
  readonly flapping?: FlappingOptions | undefined;
}

/** Every day, also over midnight: only critical incidents are sent, the others afterwards if they are still open. */
export interface QuietHoursOptions {
  /** First minute of the quiet hours. */
  readonly from: string;
  /** First minute after them. */
  readonly to: string;
  /** Of the IANA database, for example `Europe/Berlin`. */
  readonly timeZone: string;
}

/** How many messages are sent, and when. */
export interface NoiseOptions {
  /**
   * Minutes for which a cause must last before a message is sent.
   * @default 0
   */
  readonly holdDownMinutes?: number | undefined;
  /**
   * Hours after which an open incident is sent again; null = never.
   * @default 24
   */
  readonly remindAfterHours?: number | null | undefined;
  /**
   * If more incidents open in one run, they are sent as one summary.
   * @default 5
   */
  readonly summaryAbove?: number | undefined;
  /**
   * How often a summary of all that is open is sent.
   * @default "off"
   */
  readonly digest?: 'off' | 'daily' | 'weekly' | undefined;
  /**
   * Every day, also over midnight: only critical incidents are sent, the others afterwards if they are still open.
   * @default null
   */
  readonly quietHours?: QuietHoursOptions | null | undefined;
}

/** A choice of `check`. */
export type CheckOption = 'off' | 'critical' | 'high' | 'medium' | 'low' | 'info';

/** An element of `mutes`. */
export interface MuteOptions {
  /** Fingerprint of a finding or key of an incident; `*` stands for any characters. */
  readonly pattern: string;
  /** Owner of the mute. */
  readonly owner: string;
  /** Why no message is needed. */
  readonly reason: string;
  /** When it ends, RFC 3339. */
  readonly until: string;
}

/** The functions that audit. */
export interface AuditorOptions {
  /**
   * Memory of each auditor.
   * @default 1024
   */
  readonly memoryMb?: number | undefined;
  /**
   * Longest run.
   * @default 5
   */
  readonly timeoutMinutes?: number | undefined;
}

/** For how many days data is kept. */
export interface RetentionDaysOptions {
  /**
   * Logs of the functions.
   * @default 30
   */
  readonly logs?: number | undefined;
  /**
   * Resolved findings and the history of each.
   * @default 180
   */
  readonly findings?: number | undefined;
  /**
   * Reports of every run, in the bucket.
   * @default 30
   */
  readonly reports?: number | undefined;
}

/** Makes interface endpoints for eks, elasticloadbalancing and ec2 and gateway endpoints for DynamoDB and S3, for subnets without a NAT gateway; leave it out if the VPC has these endpoints. */
export interface EndpointsOptions {
  /** Route tables of the subnets; they get routes to DynamoDB and S3. */
  readonly routeTableIds: readonly string[];
}

/** An element of `vpcs`. */
export interface VpcOptions {
  /** The VPC to audit. */
  readonly id: string;
  /** Its Region; each Region gets a separate stack. */
  readonly region: string;
  /** Subnets that the auditor runs in: private, with a NAT gateway or VPC endpoints. Without them `cdk synth` looks up the private subnets of the VPC, with your credentials, once, and keeps the answer in cdk.context.json. */
  readonly subnetIds?: readonly string[] | undefined;
  /** The zone of each subnet, in the order of `subnetIds`. */
  readonly availabilityZones?: readonly string[] | undefined;
  /**
   * Clusters whose Kubernetes API the auditor may read, by an access entry; the authentication mode must include API.
   * @default []
   */
  readonly clusters?: readonly string[] | undefined;
  /**
   * Cluster security groups that get one ingress rule: port 443 from the auditor, for private endpoints of the Kubernetes API.
   * @default []
   */
  readonly clusterSecurityGroupIds?: readonly string[] | undefined;
  /**
   * Whether the auditor gets IPv6 addresses too, for IPv6 targets; its subnets must be dual-stack.
   * @default false
   */
  readonly ipv6?: boolean | undefined;
  /** Makes interface endpoints for eks, elasticloadbalancing and ec2 and gateway endpoints for DynamoDB and S3, for subnets without a NAT gateway; leave it out if the VPC has these endpoints. */
  readonly endpoints?: EndpointsOptions | undefined;
}

/** What an auditor may be told, each field with a default. */
export interface NlbAuditorOptions {
  /**
   * Begins the names of the stacks and is the value of the tag `app`.
   * @default "eks-nlb-auditor"
   */
  readonly name?: string | undefined;
  /**
   * How often each VPC is audited.
   * @default "rate(5 minutes)"
   */
  readonly schedule?: string | undefined;
  /**
   * Who gets messages.
   * @default {}
   */
  readonly notify?: NotifyOptions | undefined;
  /**
   * When a cause opens and when it resolves.
   * @default {}
   */
  readonly lifeCycle?: LifeCycleOptions | undefined;
  /**
   * How many messages are sent, and when.
   * @default {}
   */
  readonly noise?: NoiseOptions | undefined;
  /**
   * Checks that are switched off or get another severity, by id (docs/checks.md).
   * @default {}
   */
  readonly checks?: { readonly [name: string]: CheckOption | undefined } | undefined;
  /**
   * Causes that send no messages for a while; they stay in reports.
   * @default []
   */
  readonly mutes?: readonly MuteOptions[] | undefined;
  /**
   * `policies`: access entries with AmazonEKSViewPolicy and AmazonAIOpsAssistantPolicy. `cluster-role`: access entries with only a group, so that docs/rbac.yaml, which you apply, is all that is granted.
   * @default "policies"
   */
  readonly kubernetesAccess?: 'policies' | 'cluster-role' | undefined;
  /**
   * Adds a function that every hour gives the auditor its access entry in clusters of the configured VPCs that have none.
   * @default false
   */
  readonly grantOwnAccess?: boolean | undefined;
  /**
   * The functions that audit.
   * @default {}
   */
  readonly auditor?: AuditorOptions | undefined;
  /**
   * How many functions share a run. `function`: one, which reads a large account in turn. `distributed`: one surveys, many read and judge the clusters at the same time, one puts the report together, by AWS Step Functions. `auto`: many from about 50 clusters or 800 target groups on, else one (docs/cost.md).
   * @default "function"
   */
  readonly scale?: 'auto' | 'function' | 'distributed' | undefined;
  /**
   * Whether each Region gets a CloudWatch dashboard.
   * @default true
   */
  readonly dashboard?: boolean | undefined;
  /** Accounts of this organization may publish to the topic of findings and put events on the bus, which makes both central. */
  readonly organizationId?: string | undefined;
  /** What the Lambda time of all auditors of a Region may cost a month, in US dollars: an alarm fires after a day that took more than its share. */
  readonly budgetUsdPerMonth?: number | undefined;
  /**
   * Whether the auditor sends probes to registered targets; `failing-only` sends none to healthy ones, so that faults of clients that only a packet can show stay unknown.
   * @default true
   */
  readonly probe?: boolean | 'failing-only' | undefined;
  /**
   * Which target groups the auditor reads CloudWatch metrics of: `findings`, those with a finding, which gives since when, how often, and whether clients are sent to unhealthy targets; `all`, also the others, which shows what fails between two runs and what drops clients of healthy targets; `off`, none. docs/cost.md has the price.
   * @default "off"
   */
  readonly metrics?: 'off' | 'findings' | 'all' | undefined;
  /**
   * Whether the auditor reads from CloudTrail who changed what around the start of a finding: `findings`, for target groups with something wrong; `off`, nothing. Best with `metrics`, which give the start to the minute. It costs nothing; docs/cost.md has the rate.
   * @default "off"
   */
  readonly changes?: 'off' | 'findings' | undefined;
  /**
   * Whether the auditor reads the flow logs of the VPC about targets whose health check gets no answer and whose cause is not confirmed: `findings`, whether the packets arrive, are rejected, or are not answered; `off`, nothing. The flow logs must be there already; `flowLogSources` says where. docs/cost.md has the price.
   * @default "off"
   */
  readonly flowLogs?: 'off' | 'findings' | undefined;
  /**
   * ARNs of the log groups and buckets that flow logs go to: the auditor may read these and no others, of a bucket only the files of flow logs. Without any, `flowLogs` only learns which flow logs there are.
   * @default []
   */
  readonly flowLogSources?: readonly string[] | undefined;
  /**
   * What starts an audit of the target groups concerned between two runs, at most once a minute for each: `alarms`, a CloudWatch alarm over all target groups of Network Load Balancers in the Region, and `changes`, calls that change security groups, target groups or listeners, which needs a trail of CloudTrail. docs/cost.md has the price.
   * @default []
   */
  readonly triggers?: readonly ('alarms' | 'changes')[] | undefined;
  /**
   * Maximum Elastic Load Balancing API calls per second of all auditors of a Region together.
   * @default 5
   */
  readonly elbCallsPerSecond?: number | undefined;
  /**
   * For how many days data is kept.
   * @default {}
   */
  readonly retentionDays?: RetentionDaysOptions | undefined;
  /**
   * Tags of every resource.
   * @default {}
   */
  readonly tags?: { readonly [name: string]: string } | undefined;
}

/** The fields of `auditor.config.json`. */
export interface NlbAuditorConfig extends NlbAuditorOptions {
  readonly $schema?: string | undefined;
  /** Account to deploy to; without it, the account of the credentials. */
  readonly account?: string | undefined;
  /** What to audit; each VPC gets a separate auditor. */
  readonly vpcs: readonly VpcOptions[];
}
