import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import pLimit from 'p-limit';
import { readSettings, type Settings } from '../config/settings.ts';
import { bounded, briefBounds } from '../io/aws/bounded.ts';
import { briefly } from '../io/aws/time-outs.ts';
import { log } from '../io/log.ts';
import { tableClient } from '../io/store/table-client.ts';
import { behindSecurityGroups } from '../io/triggers/behind-security-groups.ts';
import { findGroups, groupsOfBalancer, type PlacedGroup } from '../io/triggers/find-groups.ts';
import { type Concerned, type Here, readEvent } from '../io/triggers/read-event.ts';
import { startAuditor } from '../io/triggers/start-auditor.ts';
import { openTurns, type Turn, type Turns } from '../io/triggers/turns.ts';

/** Kept between invocations, so that connections are used again. */
let warm: Starter | undefined;

interface Starter {
  settings: Settings;
  client: DynamoDBClient;
  elbv2: ElasticLoadBalancingV2Client;
  lambda: LambdaClient;
}

/** An event, and from when on an audit sees its effect (epoch milliseconds). */
interface Sign {
  messageId: string;
  due: number;
  concerned: Concerned;
}

/** Writes to the table at the same time. */
const writesAtOnce = 8;

/**
 * Starts an audit of the target groups that events are about, at most one a minute for each. What has to wait for its minute stays in
 * the queue; what an audit that began later sees anyway is done.
 */
export const handler = async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  warm ??= start(readSettings(process.env));
  const here = hereOf(context);
  const signs = Records.flatMap(({ messageId, body, attributes }): Sign[] => {
    const concerned = readEvent(body, here);
    if (concerned === null) log('warn', 'an event has an unknown shape and is left out', { messageId });
    return concerned === null
      ? []
      : [{ messageId, concerned, due: Number(attributes.SentTimestamp) + concerned.settlesInMs }];
  });
  const waiting = await answer(signs, { starter: warm, here });
  return { batchItemFailures: waiting.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};

function start(settings: Settings): Starter {
  const elbv2 = new ElasticLoadBalancingV2Client(briefly);
  const lambda = new LambdaClient(briefly);
  elbv2.middlewareStack.use(bounded(briefBounds));
  lambda.middlewareStack.use(bounded(briefBounds));
  return { settings, client: tableClient(), elbv2, lambda };
}

/** Starts what is due, and answers with the events that are to come again. */
async function answer(signs: Sign[], { starter, here }: { starter: Starter; here: Here }): Promise<Sign[]> {
  const { settings, client, lambda } = starter;
  const now = Date.now();
  const due = signs.filter((sign) => sign.due <= now);
  const found = await groupsOf(due, starter, here);
  const groups = [...new Map([...found.values()].flat().map((group) => [group.arn, group])).values()];
  const turns = openTurns({ client, table: settings.table });
  const taken = await takeTurns(groups, { found, turns, now });
  const ours = groups.filter(({ arn }) => taken.get(arn)?.isTaken);
  for (const [vpcId, its] of Map.groupBy(ours, (group) => group.vpcId)) {
    const FunctionName = settings.auditors?.[vpcId];
    const targetGroups = its.map(({ arn }) => arn);
    log('info', FunctionName === undefined ? 'no auditor' : 'triggered', { vpcId, targetGroups });
    if (FunctionName === undefined) continue;
    await startAuditor(lambda, FunctionName, { time: new Date(now).toISOString(), targetGroups });
    await pLimit(writesAtOnce).map(targetGroups, (arn) => turns.begin(arn, now));
  }
  const isSeen = (sign: Sign): boolean =>
    (found.get(sign) ?? []).every(({ arn }) => {
      const turn = taken.get(arn);
      return turn === undefined || turn.isTaken || turn.startedAt >= sign.due;
    });
  return signs.filter((sign) => sign.due > now || !isSeen(sign));
}

/** The target groups that each event is about: as it names them, those of its load balancers, and those behind its security groups. */
async function groupsOf(
  signs: Sign[],
  { settings, client, elbv2 }: Starter,
  { account, region }: Here,
): Promise<Map<Sign, PlacedGroup[]>> {
  const all = (kind: 'targetGroups' | 'loadBalancers' | 'securityGroups'): string[] => [
    ...new Set(signs.flatMap(({ concerned }) => concerned[kind])),
  ];
  const scopes = Object.keys(settings.auditors ?? {}).map((vpcId) => `${account}/${region}/${vpcId}`);
  const behind = await behindSecurityGroups(all('securityGroups'), { client, table: settings.table, scopes });
  const named = await findGroups(elbv2, [...new Set([...all('targetGroups'), ...[...behind.values()].flat()])]);
  const byArn = new Map(named.map((group) => [group.arn, group]));
  const ofBalancers = new Map<string, PlacedGroup[]>();
  for (const arn of all('loadBalancers')) ofBalancers.set(arn, await groupsOfBalancer(elbv2, arn));
  return new Map(
    signs.map((sign) => {
      const { targetGroups, loadBalancers, securityGroups } = sign.concerned;
      const arns = [...targetGroups, ...securityGroups.flatMap((id) => behind.get(id) ?? [])];
      const groups = [
        ...arns.flatMap((arn) => byArn.get(arn) ?? []),
        ...loadBalancers.flatMap((arn) => ofBalancers.get(arn) ?? []),
      ];
      return [sign, groups];
    }),
  );
}

interface Taking {
  found: Map<Sign, PlacedGroup[]>;
  turns: Turns;
  now: number;
}

/** The turn of each target group, for the latest of the events about it. */
async function takeTurns(groups: PlacedGroup[], { found, turns, now }: Taking): Promise<Map<string, Turn>> {
  const latest = new Map<string, number>();
  for (const [{ due }, its] of found) for (const { arn } of its) latest.set(arn, Math.max(due, latest.get(arn) ?? 0));
  const taken = await pLimit(writesAtOnce).map(
    groups,
    async ({ arn }) => [arn, await turns.take(arn, latest.get(arn) ?? now, now)] as const,
  );
  return new Map(taken);
}

/** `arn:<partition>:lambda:<region>:<account>:function:<name>`. */
function hereOf({ invokedFunctionArn }: Context): Here {
  const [, partition = '', , region = '', account = ''] = invokedFunctionArn.split(':');
  return { partition, region, account };
}
