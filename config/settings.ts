import * as z from 'zod';
import { forFindings } from '../core/history/for-findings.ts';
import { metricsWanted } from '../core/history/metric-queries.ts';
import { severities } from '../core/model/severity.ts';
import { scales } from '../core/survey/scale.ts';
import { channelSchema } from './channel.ts';
import { explainIssue } from './explain-issue.ts';
import { muteSchema } from './mute-schema.ts';
import { lifeCycleSchema, noiseSchema, routeSchema } from './rules-schema.ts';
import { nameOfSecret, secretName } from './secret-name.ts';
import { UserError } from './user-error.ts';

const text = (error: string) => z.string({ error }).min(1, { error });
const ids = (error: string) => z.array(text(error), { error }).default([]);

const settingsSchema = z.object(
  {
    name: text('give the name of this deployment.'),
    vpcId: text('give the id of the VPC that this function audits, or leave it out for all VPCs.').optional(),
    subnetIds: ids('give the ids of the subnets of this function.'),
    securityGroupIds: ids('give the ids of the security groups of this function.'),
    coveredVpcIds: z
      .array(text('give VPC ids.'), { error: 'give the ids of all VPCs with an auditor, or leave it out.' })
      .optional(),
    clusters: z
      .array(text('give cluster names.'), { error: 'give a list of cluster names, or leave it out for all.' })
      .optional(),
    table: text('give the name of the DynamoDB table of findings.'),
    topicArn: text('give the ARN of the SNS topic, or leave it out.').optional(),
    eventBusArn: text('give the ARN of the event bus, or leave it out.').optional(),
    reportBucket: text('give the name of the S3 bucket of reports, or leave it out.').optional(),
    planBucket: text('give the name of the S3 bucket of plans, or leave it out.').optional(),
    scale: z.enum(scales, { error: `give one of ${scales.join(', ')}.` }).default('function'),
    slackWebhookSecret: secretName.optional(),
    channels: z
      .array(z.object({ name: text('give the name of the channel.'), to: channelSchema }), {
        error: 'give a list of channels.',
      })
      .default([]),
    routes: z.array(routeSchema, { error: 'give a list of routes.' }).default([]),
    accountName: text('give the name of the account, or leave it out.').optional(),
    teamLabel: text('give the key of a label, or leave it out.').optional(),
    buttons: z.object({ signingSecret: nameOfSecret('the signing secret') }, { error: 'leave it out.' }).optional(),
    /** ARN of the auditor function of each VPC. */
    auditors: z
      .record(z.string(), z.string(), { error: 'give an object of VPC ids, each with a function.' })
      .optional(),
    lifeCycle: lifeCycleSchema.prefault({}),
    noise: noiseSchema.prefault({}),
    checks: z.record(z.string(), z.enum(['off', ...severities]), { error: 'give an object of check ids.' }).default({}),
    mutes: z.array(muteSchema, { error: 'give a list of mutes.' }).default([]),
    probe: z
      .union([z.boolean(), z.literal('failing-only')], { error: 'give true, false or "failing-only".' })
      .default(true),
    metrics: z.enum(metricsWanted, { error: `give one of ${metricsWanted.join(', ')}.` }).default('off'),
    changes: z.enum(forFindings, { error: `give one of ${forFindings.join(', ')}.` }).default('off'),
    flowLogs: z.enum(forFindings, { error: `give one of ${forFindings.join(', ')}.` }).default('off'),
    elbCallsPerSecond: z
      .number({ error: 'give a number of calls per second, for example 5.' })
      .positive({ error: 'give a number above 0, for example 5.' })
      .default(5),
    findingsRetentionDays: z
      .int({ error: 'give a whole number of days.' })
      .positive({ error: 'give a number of days above 0.' })
      .default(180),
  },
  { error: 'give an object of settings.' },
);

/** What a function is told about its deployment. */
export type Settings = z.output<typeof settingsSchema>;

/** Reads the environment variable AUDITOR_SETTINGS; throws a UserError that names every wrong field and its remedy. */
export const readSettings = (environment: Record<string, string | undefined>): Settings =>
  readEnvironment(settingsSchema, environment);

/** Reads AUDITOR_SETTINGS as any function is told it. */
export function readEnvironment<Told>(schema: z.ZodType<Told>, environment: Record<string, string | undefined>): Told {
  const json = environment['AUDITOR_SETTINGS'];
  if (json === undefined) throw new UserError('AUDITOR_SETTINGS is missing; deploy the function with its stack.');
  const given = parse(json);
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `AUDITOR_SETTINGS: ${explainIssue(issue, given)}`);
  throw new UserError(wrong.join('\n'));
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new UserError('AUDITOR_SETTINGS is not JSON; give one object of settings.');
  }
}
