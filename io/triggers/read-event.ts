import * as z from 'zod';

/** Where a function runs, as its ARN says; what an event names elsewhere is no business of it. */
export interface Here {
  partition: string;
  region: string;
  account: string;
}

/** What an event is about, by ARN or id. */
export interface Concerned {
  targetGroups: string[];
  /** Milliseconds from the event until its effect can be seen. */
  settlesInMs: number;
}

/** Of a contributor of an alarm over many metrics (CloudWatch user guide, "Alarm events and EventBridge", "Alarm Contributor Example"). */
const alarmEvent = z.object({
  'detail-type': z.literal('CloudWatch Alarm Contributor State Change'),
  detail: z.object({
    alarmContributor: z.object({
      attributes: z.object({ TargetGroup: z.string().regex(/^targetgroup\/[0-9A-Za-z-]{1,32}\/[0-9a-f]{16}$/) }),
    }),
  }),
});

/** What an event of EventBridge is about; `null` for one that has no such shape. */
export function readEvent(body: string, here: Here): Concerned | null {
  const { data } = alarmEvent.safeParse(parse(body));
  if (data === undefined) return null;
  const { TargetGroup } = data.detail.alarmContributor.attributes;
  return { targetGroups: [`${prefixOf(here)}${TargetGroup}`], settlesInMs: 0 };
}

/** What the ARNs of Elastic Load Balancing begin with here. */
const prefixOf = ({ partition, region, account }: Here): string =>
  `arn:${partition}:elasticloadbalancing:${region}:${account}:`;

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
