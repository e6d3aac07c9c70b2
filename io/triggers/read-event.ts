import * as z from 'zod';
import { changingCalls } from '../../config/changing-calls.ts';
import { controllerTools, toolOf } from '../../core/history/changes/tools.ts';
import { parseJson } from '../parse-json.ts';

/** Where a function runs, as its ARN says; what an event names elsewhere is no business of it. */
export interface Here {
  partition: string;
  region: string;
  account: string;
}

/** What an event is about, by ARN or id. */
export interface Concerned {
  targetGroups: string[];
  /** Whose target groups are meant. */
  loadBalancers: string[];
  /** Of load balancers or targets. */
  securityGroups: string[];
  /** Milliseconds from the event until its effect can be seen. */
  settlesInMs: number;
}

const nothing: Concerned = { targetGroups: [], loadBalancers: [], securityGroups: [], settlesInMs: 0 };

/** Health checks have failed by then: three of them, ten seconds apart, as controllers set them by default. */
const changeSettlesMs = 40_000;

/** Of a contributor of an alarm over many metrics (CloudWatch user guide, "Alarm events and EventBridge", "Alarm Contributor Example"). */
const alarmEvent = z.object({
  'detail-type': z.literal('CloudWatch Alarm Contributor State Change'),
  detail: z.object({ alarmContributor: z.object({ attributes: z.object({ TargetGroup: z.string() }) }) }),
});

/** A call that CloudTrail recorded (EventBridge user guide, "AWS service events delivered via AWS CloudTrail"). */
const changeEvent = z.object({
  'detail-type': z.literal('AWS API Call via CloudTrail'),
  detail: z.object({
    eventName: z.enum(Object.values(changingCalls).flat()),
    userAgent: z.string().catch(''),
    userIdentity: z.object({ invokedBy: z.string().catch('') }).catch({ invokedBy: '' }),
    errorCode: z.undefined().optional(),
    requestParameters: z.record(z.string(), z.unknown()),
  }),
});

/** What an event of EventBridge is about; `null` for one that has no such shape. */
export function readEvent(body: string, here: Here): Concerned | null {
  const event = parse(body);
  const { data: alarm } = alarmEvent.safeParse(event);
  if (alarm !== undefined) {
    const arn = `${prefixOf(here)}${alarm.detail.alarmContributor.attributes.TargetGroup}`;
    const targetGroups = arnsIn([arn], 'targetgroup', here);
    return targetGroups.length === 0 ? null : { ...nothing, targetGroups };
  }
  const { data: change } = changeEvent.safeParse(event);
  return change === undefined ? null : concernedBy(change.detail, here);
}

/** A controller deregisters targets all day: with each pod that ends. */
function concernedBy(
  { eventName, userAgent, userIdentity, requestParameters }: z.output<typeof changeEvent>['detail'],
  here: Here,
): Concerned {
  const tool = toolOf({ userAgent, invokedBy: userIdentity.invokedBy, isFromConsole: false });
  if (eventName === 'DeregisterTargets' && controllerTools.has(tool)) return nothing;
  const { groupId, targetGroupArn, loadBalancerArn, listenerArn, defaultActions } = requestParameters;
  const { data: rules } = modifiedRules.safeParse(requestParameters);
  const { data: actions = [] } = forwards.safeParse(defaultActions);
  const listeners = arnsIn([listenerArn], 'listener/net', here);
  return {
    targetGroups: arnsIn([targetGroupArn, ...actions], 'targetgroup', here),
    loadBalancers: [
      ...arnsIn([loadBalancerArn], 'loadbalancer/net', here),
      ...listeners.map((arn) => arn.replace(':listener/', ':loadbalancer/').replace(/\/[0-9a-f]{16}$/, '')),
    ],
    securityGroups: [groupId, rules].filter(isSecurityGroup),
    settlesInMs: changeSettlesMs,
  };
}

/** EC2's newer calls are recorded with the request inside. */
const modifiedRules = z
  .object({ ModifySecurityGroupRulesRequest: z.object({ GroupId: z.string() }) })
  .transform(({ ModifySecurityGroupRulesRequest: { GroupId } }) => GroupId);

const forwards = z
  .array(z.object({ targetGroupArn: z.string().optional() }))
  .transform((actions) => actions.map(({ targetGroupArn }) => targetGroupArn));

const isSecurityGroup = (id: unknown): id is string =>
  typeof id === 'string' && /^sg-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id);

/** What the ARNs of Elastic Load Balancing begin with here. */
const prefixOf = ({ partition, region, account }: Here): string =>
  `arn:${partition}:elasticloadbalancing:${region}:${account}:`;

/** Those of these values that are ARNs of this kind here. */
function arnsIn(values: unknown[], kind: 'targetgroup' | 'loadbalancer/net' | 'listener/net', here: Here): string[] {
  const name = new RegExp(`^${kind}/[0-9A-Za-z-]{1,32}(/[0-9a-f]{16}){1,2}$`);
  const prefix = prefixOf(here);
  return values.filter(
    (value): value is string =>
      typeof value === 'string' && value.startsWith(prefix) && name.test(value.slice(prefix.length)),
  );
}

function parse(body: string): unknown {
  try {
    return parseJson(body);
  } catch {
    return null;
  }
}
