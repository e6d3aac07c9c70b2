import { inOrder, under } from '../model/indexed.ts';
import type { Event, Service, TargetGroupBinding } from '../model/kubernetes.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { gatewayOfTags } from './tags.ts';

/** What a controller's error is about; `other` where no more specific check asks for it. */
export type ErrorCategory =
  | 'iam'
  | 'throttling'
  | 'webhook'
  | 'subnets'
  | 'pod-eni'
  | 'node-port'
  | 'security-group-tags'
  | 'quota'
  | 'health-check'
  | 'name-taken'
  | 'refused-target'
  | 'other';

/** An error that the controller reported after its last success with the same object. */
export interface ReconcileError {
  category: ErrorCategory;
  event: Event;
}

/** A webhook of the controller itself (LBC:helm/aws-load-balancer-controller/templates/webhook.yaml). */
export const failedOwnWebhook = /failed calling webhook "[a-z]+\.elbv2\.k8s\.aws"/;

/**
 * The words of each error, the most telling first. Sources: LBC:pkg/networking/{subnet_resolver,networking_manager,
 * pod_eni_info_resolver}.go and pkg/service/model_build_target_group.go, CPA:pkg/providers/v1/aws.go, AWS SDK for Go,
 * and the errors of CreateLoadBalancer and SetSubnets in the ELBv2 API.
 */
const words: [ErrorCategory, RegExp][] = [
  [
    'iam',
    /AccessDenied|UnauthorizedOperation|is not authorized to perform|WebIdentityErr|ExpiredToken|failed to refresh cached credentials/,
  ],
  ['throttling', /Throttl|RequestLimitExceeded|Rate exceeded/],
  ['webhook', failedOwnWebhook],
  ['pod-eni', /cannot resolve pod ENI/],
  ['security-group-tags', /exactly one securityGroup|[Mm]ultiple (un)?tagged security groups/],
  ['quota', /LimitExceeded|TooMany[A-Z]/],
  ['node-port', /unallocated NodePort|unsupported service type|targets\.\d+\.member\.port/],
  [
    'subnets',
    /resolve at least one subnet|[Ss]ubnet.* not found|find all subnets|multiple subnets in (the )?same|subnets count less|subnets in multiple locales|IPv6 CIDR block|suitable subnets|InvalidSubnet|SubnetNotFound/,
  ],
  ['name-taken', /DuplicateTargetGroupName|DuplicateLoadBalancerName/],
  ['refused-target', /InvalidTarget/],
  ['health-check', /healthcheck|health ?check/i],
];

const failures: Record<string, string[]> = {
  Service: ['FailedBuildModel', 'FailedDeployModel', 'SyncLoadBalancerFailed', 'UpdateLoadBalancerFailed'],
  TargetGroupBinding: ['FailedReconcile', 'FailedNetworkReconcile'],
  Gateway: ['FailedBuildModel', 'FailedDeployModel'],
};
const successes = ['SuccessfullyReconciled', 'EnsuredLoadBalancer', 'UpdatedLoadBalancer'];

/** The last word of the controllers about the group's Service, Gateway and bindings, where it is an error; newest first. */
export const reconcileErrorsOf = (
  group: TargetGroupContext,
  events: Event[],
  targetGroupBindings: TargetGroupBinding[] | undefined,
): ReconcileError[] =>
  group.memo.once([reconcileErrorsOf, events, targetGroupBindings], () =>
    lastErrors(eventsAround(group, events, targetGroupBindings)),
  );

function lastErrors(about: Event[]): ReconcileError[] {
  const lastSuccess = (kind: string): number =>
    Math.max(
      0,
      ...about
        .filter(({ regarding, reason }) => regarding.kind === kind && successes.includes(reason))
        .map(({ lastSeen }) => Date.parse(lastSeen)),
    );
  return about
    .filter(({ regarding, reason }) => failures[regarding.kind]?.includes(reason))
    .filter(({ regarding, lastSeen }) => Date.parse(lastSeen) > lastSuccess(regarding.kind))
    .toSorted((a, b) => Date.parse(b.lastSeen) - Date.parse(a.lastSeen))
    .map((event) => ({ category: categoryOf(event.note), event }));
}

/** Events in which a controller says that AWS is as the group's Service, Gateway or bindings ask. */
export const successesOf = (
  group: TargetGroupContext,
  events: Event[],
  targetGroupBindings: TargetGroupBinding[] | undefined,
): Event[] => eventsAround(group, events, targetGroupBindings).filter(({ reason }) => successes.includes(reason));

const eventsAround = (
  group: TargetGroupContext,
  events: Event[],
  targetGroupBindings: TargetGroupBinding[] | undefined,
): Event[] =>
  group.memo.once([eventsAround, events, targetGroupBindings], () => findEvents(group, events, targetGroupBindings));

function findEvents(
  group: TargetGroupContext,
  events: Event[],
  targetGroupBindings: TargetGroupBinding[] | undefined,
): Event[] {
  const { owner, targetGroup } = group;
  const bindings = new Set(
    bindingsOf(group, targetGroupBindings ?? []).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
  );
  const around = [
    ...(owner === undefined ? [] : [`Service ${owner.namespace}/${owner.service}`]),
    `Gateway ${gatewayOfTags(targetGroup.tags)}`,
    ...[...bindings].map((binding) => `TargetGroupBinding ${binding}`),
  ];
  return inOrder(
    events,
    around.map((subject) => under(events, subjectOf, subject)),
  );
}

/** The bindings that fill this target group. */
export const bindingsOf = (
  { targetGroup }: Pick<TargetGroupContext, 'targetGroup'>,
  targetGroupBindings: TargetGroupBinding[],
): TargetGroupBinding[] =>
  inOrder(targetGroupBindings, [
    under(targetGroupBindings, boundArn, targetGroup.arn),
    under(targetGroupBindings, boundName, targetGroup.name),
  ]);

/** The first binding that names the ARN of a target group. */
export const bindingByArn = (arn: string, targetGroupBindings: TargetGroupBinding[]): TargetGroupBinding | undefined =>
  under(targetGroupBindings, boundArn, arn)[0];

const boundArn = ({ spec }: TargetGroupBinding) => [spec.targetGroupARN];
const boundName = ({ spec }: TargetGroupBinding) => (spec.targetGroupARN === undefined ? [spec.targetGroupName] : []);

/** What an event is about. */
/** The last event in which a controller says that it made what this Service asks for; one about an earlier Service of the name does not count. */
export const successWith = ({ metadata }: Service, events: Event[]): Event | undefined =>
  under(events, subjectOf, `Service ${metadata.namespace ?? 'default'}/${metadata.name}`)
    .filter(({ reason, lastSeen }) => successes.includes(reason) && lastSeen > metadata.creationTimestamp)
    .toSorted((a, b) => Date.parse(b.lastSeen) - Date.parse(a.lastSeen))[0];

const subjectOf = ({ regarding: { kind, namespace, name } }: Event): string[] => [`${kind} ${namespace}/${name}`];

/** True for a binding that a person or a tool of theirs wrote: the controllers label those that they write themselves. */
export const isHandMade = ({ metadata }: TargetGroupBinding): boolean =>
  !Object.keys(metadata.labels).some((label) => /^(service|ingress|gateway)\.[a-z0-9.]+\/stack/.test(label));

/** `event FailedDeployModel (12 times): …`. */
export const formatReconcileError = ({ event }: ReconcileError): string =>
  `event ${event.reason}${event.count > 1 ? ` (${event.count} times)` : ''}: ${event.note}`;

const categoryOf = (note: string): ErrorCategory => words.find(([, pattern]) => pattern.test(note))?.[0] ?? 'other';

/** Names of services in errors of the AWS SDK for Go (`operation error EC2: …`), by their prefix in IAM. */
const services: Record<string, string> = {
  EC2: 'ec2',
  'Elastic Load Balancing v2': 'elasticloadbalancing',
  'Elastic Load Balancing': 'elasticloadbalancing',
  STS: 'sts',
};

/** The actions that AWS refused or throttled in an error of a controller, such as `ec2:AuthorizeSecurityGroupIngress`. */
export function refusedBy({ category, event }: ReconcileError): string[] {
  if (category !== 'iam' && category !== 'throttling') return [];
  const [, named] = /not authorized to perform:? ([a-z0-9]+:[A-Z][A-Za-z]+)/i.exec(event.note) ?? [];
  // The last one is that which AWS refused: the first may have failed for want of credentials.
  const [, service = '', action] =
    [...event.note.matchAll(/operation error ([A-Za-z0-9 ]+): ([A-Z][A-Za-z]+)/g)].at(-1) ?? [];
  const prefix = services[service];
  if (named !== undefined) return [named];
  return prefix === undefined || action === undefined ? [] : [`${prefix}:${action}`];
}

/** True for an action as IAM names it, in a place where ids and ARNs stand too. */
export const isAction = (text: string): boolean => /^[a-z0-9]+:[A-Z][A-Za-z]+$/.test(text);

/** ARN of the role that an error names as the one that lacks a permission; its path is not known. */
export function roleOf({ category, event }: ReconcileError): string | undefined {
  if (category !== 'iam') return undefined;
  const [, partition, account, role] =
    /arn:([a-z-]+):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\//.exec(event.note) ?? [];
  return role === undefined ? undefined : `arn:${partition}:iam::${account}:role/${role}`;
}
