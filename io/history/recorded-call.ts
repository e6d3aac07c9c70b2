import * as z from 'zod';
import type { ChangeQuery } from '../../core/diagnosis/changes/change-queries.ts';
import { toolOf } from '../../core/history/changes/tools.ts';
import type { RecordedCall, RuleChange, WrittenSettings } from '../../core/model/changes/recorded-call.ts';
import { distinct } from '../../core/model/indexed.ts';
import type { OpenEvent } from '../aws/optional/cloud-trail.ts';
import { timeOf } from '../aws/time.ts';

const text = z.string().catch('');
const maybe = z.string().optional().catch(undefined);
const number = z.number().catch(-1);
const items = <Item extends z.ZodType>(item: Item) =>
  z
    .object({ items: z.array(item).catch([]) })
    .catch({ items: [] })
    .transform((list) => list.items);

const permission = z.looseObject({
  ipProtocol: text,
  fromPort: number,
  toPort: number,
  groups: items(z.looseObject({ groupId: text, description: maybe })),
  ipRanges: items(z.looseObject({ cidrIp: text, description: maybe })),
  ipv6Ranges: items(z.looseObject({ cidrIpv6: text, description: maybe })),
  prefixListIds: items(z.looseObject({ prefixListId: text, description: maybe })),
});

const rule = z.looseObject({
  isEgress: z.boolean().catch(false),
  ipProtocol: text,
  fromPort: number,
  toPort: number,
  cidrIpv4: maybe,
  cidrIpv6: maybe,
  prefixListId: maybe,
  referencedGroupId: maybe,
  referencedGroupInfo: z.looseObject({ groupId: maybe }).optional().catch(undefined),
  description: maybe,
});

/** What is read of a record (CloudTrail user guide, "CloudTrail record contents"); what is not as it should be is taken as absent. */
const record = z.looseObject({
  userIdentity: z
    .looseObject({
      type: text,
      arn: text,
      userName: text,
      invokedBy: text,
      sessionContext: z
        .looseObject({
          sourceIdentity: text,
          sessionIssuer: z.looseObject({ arn: text, userName: text }).optional().catch(undefined),
        })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  eventSource: text,
  userAgent: text,
  sourceIPAddress: text,
  errorCode: maybe,
  readOnly: z.boolean().optional().catch(undefined),
  sessionCredentialFromConsole: z.union([z.string(), z.boolean()]).optional().catch(undefined),
  requestParameters: z.record(z.string(), z.unknown()).catch({}),
  responseElements: z
    .looseObject({ revokedSecurityGroupRuleSet: items(rule), securityGroupRuleSet: items(rule) })
    .optional()
    .catch(undefined),
});

type Record = z.output<typeof record>;

/** What a look-up is for: resources, which an index has found or which the records have to name. */
type Sought = Pick<ChangeQuery, 'by' | 'resources'>;

/**
 * An event of CloudTrail as a recorded call; `undefined` for one that only reads and was not refused, or without id or time.
 */
export function recordedCallOf(event: OpenEvent, sought: Sought): RecordedCall | undefined {
  const read = record.safeParse(event.record ?? {});
  const at = timeOf(event.EventTime);
  if (!read.success || event.EventId === undefined || at === undefined) return undefined;
  const raw = read.data;
  const isReadOnly = raw.readOnly === true || event.ReadOnly === 'true';
  if (isReadOnly && raw.errorCode === undefined) return undefined;
  const action = clipped(event.EventName ?? '');
  const rules = rulesOf(raw, action);
  const settings = settingsOf(raw.requestParameters);
  const targets = targetsOf(raw.requestParameters, action);
  return {
    id: clipped(event.EventId),
    at,
    action,
    actor: actorOf(raw, event.Username ?? ''),
    identity: clipped(raw.userIdentity?.sessionContext?.sessionIssuer?.arn || raw.userIdentity?.arn || ''),
    tool: toolOf({
      userAgent: raw.userAgent,
      invokedBy: raw.userIdentity?.invokedBy ?? '',
      isFromConsole: String(raw.sessionCredentialFromConsole) === 'true',
    }),
    objects: isReadOnly ? [] : objectsOf(raw, sought),
    ...(raw.errorCode !== undefined && { error: clipped(raw.errorCode) }),
    ...(rules.length > 0 && { rules }),
    ...(Object.keys(settings).length > 0 && { settings }),
    ...(targets && { targets }),
  };
}

const longest = 120;
const clipped = (value: string): string => (value.length <= longest ? value : `${value.slice(0, longest - 1)}…`);

/** A person where one is named, else role and session; the sessions of controllers are numbers that say nothing. */
function actorOf({ userIdentity }: Record, username: string): string {
  if (userIdentity === undefined) return clipped(username);
  const { type, arn, userName, invokedBy, sessionContext } = userIdentity;
  if (type === 'Root') return 'root';
  const [role = '', session = ''] = arn.split(':assumed-role/')[1]?.split('/') ?? [];
  const source = sessionContext?.sourceIdentity ?? '';
  if (source !== '') return clipped(`${source} as ${role || userName}`);
  if (role === '') return clipped(userName || username || invokedBy || arn);
  if (role.startsWith('AWSReservedSSO_')) return clipped(session);
  return clipped(session === '' || /^\d+$/.test(session) ? role : `${role}/${session}`);
}

const objectFields = ['groupId', 'targetGroupArn', 'loadBalancerArn', 'listenerArn', 'networkAclId', 'routeTableId'];

/** Ids and ARNs of what a call changes. EKS names a cluster (its API, the path of each call) instead of its ARN. */
function objectsOf({ requestParameters: request, eventSource }: Record, { by, resources }: Sought): string[] {
  const named = objectFields.flatMap((field) => textOf(request[field]) ?? []);
  const cluster = eventSource.startsWith('eks.') && (textOf(request['clusterName']) ?? textOf(request['name']));
  const found = by === 'ResourceName' ? resources : resources.filter((arn) => arn.endsWith(`:cluster/${cluster}`));
  return distinct([...named, ...found]);
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? clipped(value) : undefined);

const mostRules = 50;

/** What a call did to rules: as the answer lists them, else as the request does. */
function rulesOf({ requestParameters, responseElements, errorCode }: Record, action: string): RuleChange[] {
  const [, verb, direction] = /^(Authorize|Revoke)SecurityGroup(Ingress|Egress)$/.exec(action) ?? [];
  if (verb === undefined) return [];
  const effect = verb === 'Revoke' ? ('removed' as const) : ('added' as const);
  const listed =
    effect === 'removed' ? responseElements?.revokedSecurityGroupRuleSet : responseElements?.securityGroupRuleSet;
  const ofAnswer = (listed ?? [])
    .filter(({ ipProtocol }) => ipProtocol !== '')
    .map((each) => {
      const peer =
        each.cidrIpv4 ??
        each.cidrIpv6 ??
        each.prefixListId ??
        each.referencedGroupId ??
        each.referencedGroupInfo?.groupId;
      return changed({ ...each, peer, egress: each.isEgress });
    });
  const ofRequest = items(permission)
    .parse(requestParameters['ipPermissions'])
    .flatMap((each) =>
      [
        ...each.groups.map(({ groupId, ...rest }) => ({ ...rest, peer: groupId })),
        ...each.ipRanges.map(({ cidrIp, ...rest }) => ({ ...rest, peer: cidrIp })),
        ...each.ipv6Ranges.map(({ cidrIpv6, ...rest }) => ({ ...rest, peer: cidrIpv6 })),
        ...each.prefixListIds.map(({ prefixListId, ...rest }) => ({ ...rest, peer: prefixListId })),
      ].map(({ peer, description }) => changed({ ...each, peer, description, egress: direction === 'Egress' })),
    );
  return (ofAnswer.length > 0 && errorCode === undefined ? ofAnswer : ofRequest).slice(0, mostRules);

  function changed(given: {
    ipProtocol: string;
    fromPort: number;
    toPort: number;
    egress: boolean;
    peer: string | undefined;
    description?: string | undefined;
  }): RuleChange {
    const { ipProtocol, fromPort, toPort, egress, peer, description } = given;
    return {
      effect,
      egress,
      protocol: clipped(ipProtocol),
      fromPort,
      toPort,
      ...(peer !== undefined && { peer: clipped(peer) }),
      ...(description !== undefined && { description: clipped(description) }),
    };
  }
}

/** Parameters that say what a call sets, by the name under which it is kept: those of a health check as `HealthCheck` has them. */
const settingFields = {
  healthCheckProtocol: 'protocol',
  healthCheckPort: 'port',
  healthCheckPath: 'path',
  healthCheckIntervalSeconds: 'intervalSeconds',
  healthCheckTimeoutSeconds: 'timeoutSeconds',
  healthyThresholdCount: 'healthyThreshold',
  unhealthyThresholdCount: 'unhealthyThreshold',
  ruleNumber: 'rule',
  ruleAction: 'action',
  cidrBlock: 'cidr',
  destinationCidrBlock: 'destination',
  gatewayId: 'gateway',
  natGatewayId: 'NAT gateway',
  nodegroupName: 'node group',
  addonName: 'add-on',
  addonVersion: 'version',
  version: 'version',
  roleName: 'role',
  policyArn: 'policy',
  policyName: 'policy',
};

const mostSettings = 20;

function settingsOf(request: Record['requestParameters']): WrittenSettings {
  const { data: { httpCode } = {} } = z.looseObject({ httpCode: maybe }).safeParse(request['matcher']);
  const { data: attributes = [] } = z.array(z.object({ key: text, value: text })).safeParse(request['attributes']);
  const written = Object.entries(settingFields).flatMap(([field, name]): [string, string][] => {
    const value = request[field];
    return typeof value === 'string' || typeof value === 'number' ? [[name, clipped(String(value))]] : [];
  });
  return Object.fromEntries(
    [
      ...written,
      ...(httpCode === undefined ? [] : [['successCodes', clipped(httpCode)]]),
      ...attributes.map(({ key, value }) => [clipped(key), clipped(value)]),
    ].slice(0, mostSettings),
  );
}

const mostTargets = 100;

function targetsOf(request: Record['requestParameters'], action: string): RecordedCall['targets'] {
  const effect =
    action === 'RegisterTargets' ? 'registered' : action === 'DeregisterTargets' ? 'deregistered' : undefined;
  const targets = z.array(z.looseObject({ id: text })).safeParse(request['targets']);
  if (effect === undefined || !targets.success) return undefined;
  return { effect, ids: targets.data.slice(0, mostTargets).map(({ id }) => clipped(id)) };
}
