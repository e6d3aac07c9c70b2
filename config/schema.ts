import * as z from 'zod';
import { forFindings } from '../core/history/for-findings.ts';
import { metricsWanted } from '../core/history/metric-queries.ts';
import { severities } from '../core/model/severity.ts';
import { scales } from '../core/survey/scale.ts';
import { triggers } from '../core/survey/triggers.ts';
import { channelSchema } from './channel.ts';
import { checkIds } from './check-ids.ts';
import { muteSchema } from './mute-schema.ts';
import { lifeCycleSchema, noiseSchema, routeSchema } from './rules-schema.ts';
import { nameOfSecret, secretName } from './secret-name.ts';

/** Retentions that CloudWatch Logs accepts, in days (PutRetentionPolicy, `retentionInDays`). */
const logRetentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** For checks and mutes, of the 4096 bytes of all environment variables (AWS Lambda quotas). */
const mostBytes = 2800;

/** Refuses more checks and mutes than a function can be told. */
export function fitsFunction({ value, issues }: z.core.ParsePayload<{ checks: object; mutes: unknown[] }>): void {
  const { checks, mutes } = value;
  const bytes = Buffer.byteLength(JSON.stringify({ checks, mutes }));
  if (bytes <= mostBytes) return;
  issues.push({
    code: 'custom',
    path: [mutes.length > 0 ? 'mutes' : 'checks'],
    input: value,
    message: `checks and mutes take ${bytes} bytes of the ${mostBytes} that fit into the environment of a function: remove mutes that have ended, or let one pattern stand for several.`,
  });
}

const object = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, { error: 'give an object with the fields that docs/config.schema.json lists.' });
const text = (pattern: RegExp, error: string) => z.string({ error }).regex(pattern, { error });
const resourceId = (prefix: string, error: string) => text(new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`), error);
const wholeNumber = (range: { least: number; most: number }, error: string) =>
  z.int({ error }).min(range.least, { error }).max(range.most, { error });

const vpc = object({
  id: resourceId('vpc', 'give the id of the VPC, as `aws ec2 describe-vpcs` shows it.').describe('The VPC to audit.'),
  region: text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'give the Region of the VPC, for example `eu-west-1`.').describe(
    'Its Region; each Region gets a separate stack.',
  ),
  subnetIds: z
    .array(resourceId('subnet', 'give subnet ids, as `aws ec2 describe-subnets` shows them.'), {
      error: 'give a list of subnet ids.',
    })
    .min(1, { error: 'give at least one subnet id; private subnets that reach the AWS APIs are best.' })
    .optional()
    .describe(
      'Subnets that the auditor runs in: private, with a NAT gateway or VPC endpoints. Without them `cdk synth` looks up the private subnets of the VPC, with your credentials, once, and keeps the answer in cdk.context.json.',
    ),
  availabilityZones: z
    .array(text(/^[a-z]{2}(-[a-z]+)+-\d/, 'give zone names, for example `eu-west-1a`.'), {
      error: 'give a list of zone names.',
    })
    .optional()
    .describe('The zone of each subnet, in the order of `subnetIds`.'),
  clusters: z
    .array(text(/^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/, 'give cluster names, as `aws eks list-clusters` shows them.'), {
      error: 'give a list of cluster names.',
    })
    .default([])
    .describe(
      'Clusters whose Kubernetes API the auditor may read, by an access entry; the authentication mode must include API.',
    ),
  clusterSecurityGroupIds: z
    .array(resourceId('sg', 'give security group ids, as `aws eks describe-cluster` shows them.'), {
      error: 'give a list of security group ids.',
    })
    .default([])
    .describe(
      'Cluster security groups that get one ingress rule: port 443 from the auditor, for private endpoints of the Kubernetes API.',
    ),
  ipv6: z
    .boolean({ error: 'give true or false.' })
    .default(false)
    .describe('Whether the auditor gets IPv6 addresses too, for IPv6 targets; its subnets must be dual-stack.'),
  endpoints: object({
    routeTableIds: z
      .array(resourceId('rtb', 'give route table ids, as `aws ec2 describe-route-tables` shows them.'), {
        error: 'give a list of route table ids.',
      })
      .min(1, { error: 'give the route tables of the subnets, so that they lead to DynamoDB and S3.' })
      .describe('Route tables of the subnets; they get routes to DynamoDB and S3.'),
  })
    .optional()
    .describe(
      'Makes interface endpoints for eks, elasticloadbalancing and ec2 and gateway endpoints for DynamoDB and S3, for subnets without a NAT gateway; leave it out if the VPC has these endpoints.',
    ),
}).check(({ value, issues }) => {
  const { availabilityZones = [], region, subnetIds = [] } = value;
  if (availabilityZones.length > 0 && subnetIds.length === 0) {
    issues.push({
      code: 'custom',
      path: ['availabilityZones'],
      input: availabilityZones,
      message: 'leave it out, or give the subnets in `subnetIds` too.',
    });
  } else if (availabilityZones.length !== subnetIds.length) {
    issues.push({
      code: 'custom',
      path: ['availabilityZones'],
      input: availabilityZones,
      message: `give one zone for each of the ${subnetIds.length} subnets, in the same order.`,
    });
  }
  if (availabilityZones.some((zone) => !zone.startsWith(region))) {
    issues.push({
      code: 'custom',
      path: ['availabilityZones'],
      input: availabilityZones,
      message: `give zones of ${region}.`,
    });
  }
});

interface Notify {
  slackWebhookSecret?: string | undefined;
  channels: Record<string, { type: string }>;
  routes: { to: string[] }[];
  buttons?: object | undefined;
}

/** Characters; the environment of a function takes 4 KB in all (Lambda quotas). */
const longestChannels = 2500;

/** Names in routes must be channels, and buttons need a channel that has them. */
function checkNotify({ value, issues }: z.core.ParsePayload<Notify>): void {
  const { slackWebhookSecret, channels, routes, buttons } = value;
  const refuse = (path: (string | number)[], input: unknown, message: string): void =>
    void issues.push({ code: 'custom', path, input, message });
  const known = [
    'sns',
    'eventbridge',
    ...(slackWebhookSecret === undefined ? [] : ['slack']),
    ...Object.keys(channels),
  ];
  for (const [place, { to }] of routes.entries()) {
    for (const [position, name] of to.entries()) {
      if (known.includes(name)) continue;
      refuse(['routes', place, 'to', position], name, `give the name of a channel: ${known.join(', ')}.`);
    }
  }
  if (slackWebhookSecret !== undefined && channels['slack'] !== undefined) {
    refuse(['channels', 'slack'], channels['slack'], 'give it another name: the webhook has this one.');
  }
  if (JSON.stringify({ channels, routes }).length > longestChannels) {
    refuse(
      ['channels'],
      {},
      'give fewer or shorter channels and routes: together they may take 4 KB in the environment of a function.',
    );
  }
  if (buttons !== undefined && !Object.values(channels).some(({ type }) => type === 'slack')) {
    refuse(['buttons'], buttons, 'add a channel of type `slack`: a webhook has no buttons.');
  }
}

/** The shape of `auditor.config.json`; every error text is a remedy. */
export const configSchema = object({
  $schema: z.string().optional(),
  name: text(
    /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/,
    'give 2 to 40 lower-case letters, digits and hyphens, beginning with a letter.',
  )
    .default('eks-nlb-auditor')
    .describe('Begins the names of the stacks and is the value of the tag `app`.'),
  account: text(/^\d{12}$/, 'give the 12 digits of the AWS account, in quotes.')
    .optional()
    .describe('Account to deploy to; without it, the account of the credentials.'),
  vpcs: z
    .array(vpc, { error: 'give a list of VPCs.' })
    .min(1, { error: 'give at least one VPC.' })
    .refine((vpcs) => new Set(vpcs.map(({ id }) => id)).size === vpcs.length, { error: 'name each VPC once.' })
    .describe('What to audit; each VPC gets a separate auditor.'),
  schedule: text(
    /^rate\((1 minute|([2-9]|[1-5]\d) minutes|1 hour|([2-9]|1\d|2[0-4]) hours)\)$/,
    'give `rate(5 minutes)` or another rate from `rate(1 minute)` to `rate(24 hours)`.',
  )
    .default('rate(5 minutes)')
    .describe('How often each VPC is audited.'),
  notify: object({
    slackWebhookSecret: secretName.optional(),
    emails: z
      .array(z.email({ error: 'give an e-mail address.' }), { error: 'give a list of e-mail addresses.' })
      .default([])
      .describe('Addresses that receive findings and alarms; each has to confirm its subscription.'),
    centralTopic: object({
      topicArn: text(
        /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[0-9A-Za-z_-]{1,256}$/,
        'give the ARN of the topic, the output TopicArn of the central stack.',
      ).describe('Its output TopicArn.'),
      keyArn: text(
        /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]{36}$/,
        'give the ARN of the key of that topic, the output MessageKeyArn of the central stack.',
      ).describe('Its output MessageKeyArn.'),
    })
      .optional()
      .describe(
        'Topic of another account that receives the findings instead of a topic of this stack; that stack sets `organizationId`.',
      ),
    centralBusArn: text(
      /^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/[0-9A-Za-z_./-]{1,256}$/,
      'give the ARN of the event bus, the output EventBusArn of the central stack.',
    )
      .optional()
      .describe('Event bus of another account that receives the events instead of a bus of this stack.'),
    channels: z
      .record(
        text(
          /^(?!sns$|eventbridge$)[a-z][a-z0-9-]{0,39}$/,
          'give a name of lower-case letters, digits and hyphens; `sns` and `eventbridge` are taken.',
        ),
        channelSchema,
        { error: 'give an object of channels by name.' },
      )
      .default({})
      .describe(
        'Channels in addition to the topic, which is called `sns`, the bus, called `eventbridge`, and the webhook of `slackWebhookSecret`, called `slack`.',
      ),
    routes: z
      .array(routeSchema, { error: 'give a list of routes.' })
      .default([])
      .describe('A channel that routes name gets what one of them matches; a channel that none names gets everything.'),
    accountName: text(/^[\w .,:/()-]{1,64}$/, 'give a name of at most 64 letters, digits, spaces and . , : / ( ) - _')
      .optional()
      .describe('What messages call the account, beside its number.'),
    teamLabel: text(/^[0-9A-Za-z./_-]{1,317}$/, 'give the key of a label of Services.')
      .default('team')
      .describe('Label of Services whose value is compared with `teams` of routes.'),
    buttons: object({
      signingSecret: nameOfSecret('the signing secret'),
      concurrency: z
        .int({ error: 'give a whole number from 1 to 100, or null.' })
        .min(1, { error: 'give at least 1, or null.' })
        .max(100, { error: 'give at most 100.' })
        .nullable()
        .default(5)
        .describe(
          'Concurrent invocations reserved for the function URL, which are also its maximum; `null` reserves none, for accounts whose quota is too small to reserve any.',
        ),
    })
      .optional()
      .describe(
        'Adds buttons to Slack messages, to mute and to check again; a public function URL that accepts only requests signed by Slack handles them.',
      ),
  })
    .prefault({})
    .check(checkNotify)
    .describe('Who gets messages.'),
  lifeCycle: lifeCycleSchema.prefault({}).describe('When a cause opens and when it resolves.'),
  noise: noiseSchema.prefault({}).describe('How many messages are sent, and when.'),
  checks: z
    .partialRecord(
      z.enum(checkIds, { error: 'give ids of docs/checks.md.' }),
      z.enum(['off', ...severities], { error: `give \`off\` or a severity: ${severities.join(', ')}.` }),
      { error: 'give an object of check ids, each with `off` or a severity.' },
    )
    .default({})
    .describe('Checks that are switched off or get another severity, by id (docs/checks.md).'),
  mutes: z
    .array(muteSchema, { error: 'give a list of mutes.' })
    .default([])
    .describe('Causes that send no messages for a while; they stay in reports.'),
  kubernetesAccess: z
    .enum(['policies', 'cluster-role'], { error: 'give `policies` or `cluster-role`.' })
    .default('policies')
    .describe(
      '`policies`: access entries with AmazonEKSViewPolicy and AmazonAIOpsAssistantPolicy. `cluster-role`: access entries with only a group, so that docs/rbac.yaml, which you apply, is all that is granted.',
    ),
  grantOwnAccess: z
    .boolean({ error: 'give true or false.' })
    .default(false)
    .describe(
      'Adds a function that every hour gives the auditor its access entry in clusters of the configured VPCs that have none.',
    ),
  auditor: object({
    memoryMb: wholeNumber(
      { least: 512, most: 10240 },
      'give a whole number of megabytes from 512 to 10240; 1024 is enough for some thousand targets.',
    )
      .default(1024)
      .describe('Memory of each auditor.'),
    timeoutMinutes: wholeNumber({ least: 1, most: 15 }, 'give a whole number of minutes from 1 to 15.')
      .default(5)
      .describe('Longest run.'),
  })
    .prefault({})
    .describe('The functions that audit.'),
  scale: z
    .enum(scales, { error: `give ${scales.map((scale) => `\`${scale}\``).join(', ')}.` })
    .default('function')
    .describe(
      'How many functions share a run. `function`: one, which reads a large account in turn. `distributed`: one surveys, many read and judge the clusters at the same time, one puts the report together, by AWS Step Functions. `auto`: many from about 50 clusters or 800 target groups on, else one (docs/cost.md).',
    ),
  dashboard: z
    .boolean({ error: 'give true or false.' })
    .default(true)
    .describe('Whether each Region gets a CloudWatch dashboard.'),
  organizationId: text(
    /^o-[a-z0-9]{10,32}$/,
    'give the id of the organization, as `aws organizations describe-organization` shows it.',
  )
    .optional()
    .describe(
      'Accounts of this organization may publish to the topic of findings and put events on the bus, which makes both central.',
    ),
  budgetUsdPerMonth: z
    .number({ error: 'give an amount in US dollars, for example 20.' })
    .positive({ error: 'give an amount above 0, for example 20.' })
    .optional()
    .describe(
      'What the Lambda time of all auditors of a Region may cost a month, in US dollars: an alarm fires after a day that took more than its share.',
    ),
  probe: z
    .union([z.boolean(), z.literal('failing-only')], { error: 'give true, false or "failing-only".' })
    .default(true)
    .describe(
      'Whether the auditor sends probes to registered targets; `failing-only` sends none to healthy ones, so that faults of clients that only a packet can show stay unknown.',
    ),
  metrics: z
    .enum(metricsWanted, { error: `give ${metricsWanted.map((each) => `\`${each}\``).join(', ')}.` })
    .default('off')
    .describe(
      'Which target groups the auditor reads CloudWatch metrics of: `findings`, those with a finding, which gives since when, how often, and whether clients are sent to unhealthy targets; `all`, also the others, which shows what fails between two runs and what drops clients of healthy targets; `off`, none. docs/cost.md has the price.',
    ),
  changes: z
    .enum(forFindings, { error: `give ${forFindings.map((each) => `\`${each}\``).join(', ')}.` })
    .default('off')
    .describe(
      'Whether the auditor reads from CloudTrail who changed what around the start of a finding: `findings`, for target groups with something wrong; `off`, nothing. Best with `metrics`, which give the start to the minute. It costs nothing; docs/cost.md has the rate.',
    ),
  flowLogs: z
    .enum(forFindings, { error: `give ${forFindings.map((each) => `\`${each}\``).join(', ')}.` })
    .default('off')
    .describe(
      'Whether the auditor reads the flow logs of the VPC about targets whose health check gets no answer and whose cause is not confirmed: `findings`, whether the packets arrive, are rejected, or are not answered; `off`, nothing. The flow logs must be there already; `flowLogSources` says where. docs/cost.md has the price.',
    ),
  flowLogSources: z
    .array(
      text(
        /^arn:[a-z-]+:(logs:[a-z0-9-]+:\d{12}:log-group:[^:]+|s3:::[a-z0-9.*-]+)$/,
        'give the ARN of a log group or of a bucket, as `aws ec2 describe-flow-logs` shows it.',
      ),
      { error: 'give a list of ARNs.' },
    )
    .default([])
    .describe(
      'ARNs of the log groups and buckets that flow logs go to: the auditor may read these and no others, of a bucket only the files of flow logs. Without any, `flowLogs` only learns which flow logs there are.',
    ),
  triggers: z
    .array(z.enum(triggers, { error: `give ${triggers.map((each) => `\`${each}\``).join(', ')}.` }), {
      error: 'give a list of triggers.',
    })
    .refine((given) => new Set(given).size === given.length, { error: 'name each trigger once.' })
    .default([])
    .describe(
      'What starts an audit of the target groups concerned between two runs, at most once a minute for each: `alarms`, a CloudWatch alarm over all target groups of Network Load Balancers in the Region, and `changes`, calls that change security groups, target groups or listeners, which needs a trail of CloudTrail. docs/cost.md has the price.',
    ),
  elbCallsPerSecond: wholeNumber({ least: 1, most: 10 }, 'give a whole number from 1 to 10; 5 is half of the quota.')
    .default(5)
    .describe('Maximum Elastic Load Balancing API calls per second of all auditors of a Region together.'),
  retentionDays: object({
    logs: z
      .literal(logRetentionDays, {
        error: `give a retention that CloudWatch Logs accepts: ${logRetentionDays.join(', ')}.`,
      })
      .default(30)
      .describe('Logs of the functions.'),
    findings: wholeNumber({ least: 1, most: 3650 }, 'give a whole number of days from 1 to 3650.')
      .default(180)
      .describe('Resolved findings and the history of each.'),
    reports: wholeNumber({ least: 1, most: 3650 }, 'give a whole number of days from 1 to 3650.')
      .default(30)
      .describe('Reports of every run, in the bucket.'),
  })
    .prefault({})
    .describe('For how many days data is kept.'),
  tags: z
    .record(
      text(/^(?!aws:).{1,128}$/, 'give a tag key of 1 to 128 characters that does not begin with `aws:`.'),
      text(/^.{0,256}$/, 'give a tag value of at most 256 characters, in quotes.'),
      { error: 'give an object of tag keys and values.' },
    )
    .default({})
    .describe('Tags of every resource.'),
}).check(fitsFunction);
