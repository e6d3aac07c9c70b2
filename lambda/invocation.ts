import type { Context } from 'aws-lambda';
import { readSettings, type Settings } from '../config/settings.ts';
import type { Scope } from '../core/model/inventory.ts';
import type { Vantage } from '../core/model/probe-result.ts';

export interface AuditEvent {
  /** Scheduled time, RFC 3339: the identity of the run. */
  time?: string;
  /** Names; only these clusters are audited. */
  clusters?: string[];
  /** ARNs; only these target groups are audited, at once, beside the run that has the lease. */
  targetGroups?: string[];
  /** Remembers nothing and tells nobody; answers with where its report is, if there is a bucket. */
  dryRun?: boolean;
  /** Answers with what an audit needs and does not have; writes nothing. */
  doctor?: boolean;
}

/** What an event says a run is about. */
type Wanted = Pick<AuditEvent, 'clusters' | 'targetGroups'>;

/** What one invocation of the auditor is to do, and with what. */
export interface Invocation {
  /** Of the run. */
  id: string;
  settings: Settings;
  /** What to look at. */
  scope: Scope;
  /** Whose memory and reports: `<account>/<region>/<vpcId or all>`. */
  owner: string;
  /** Where probes start; absent where only the machine itself knows. */
  vantage: { vantage?: Vantage };
  memoryMb: number;
  /** Epoch milliseconds at which Lambda ends the invocation. */
  endsAt: number;
}

/** Reads event, context and environment; throws a UserError where the settings are wrong. */
export function invocationOf(event: Wanted & Pick<AuditEvent, 'time'>, context: Context): Invocation {
  const settings = readSettings(process.env);
  const remainingMs = context.getRemainingTimeInMillis();
  return {
    id: event.time ?? new Date().toISOString(),
    settings,
    scope: scopeOf(settings, event),
    owner: ownerOf(settings, context),
    vantage: vantageOf(settings),
    memoryMb: Number(process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? 1024),
    endsAt: Date.now() + remainingMs,
  };
}

function scopeOf(settings: Settings, event: Wanted): Scope {
  const isWhole = event.clusters === undefined && event.targetGroups === undefined;
  const clusters = event.clusters ?? settings.clusters;
  return {
    ...(settings.vpcId !== undefined && { vpcIds: [settings.vpcId] }),
    ...(clusters !== undefined && { clusters }),
    ...(isWhole && settings.coveredVpcIds && { coveredVpcIds: settings.coveredVpcIds }),
  };
}

/** Account and Region are in the ARN of the function: `arn:aws:lambda:<region>:<account>:function:<name>`. */
function ownerOf({ vpcId }: Settings, { invokedFunctionArn }: Context): string {
  const [, , , region, account] = invokedFunctionArn.split(':');
  return `${account}/${region}/${vpcId ?? 'all'}`;
}

function vantageOf({ vpcId, subnetIds, securityGroupIds }: Settings): { vantage?: Vantage } {
  if (vpcId === undefined || subnetIds.length === 0) return {};
  return { vantage: { kind: 'vpc', vpcId, subnetIds, securityGroupIds } };
}
