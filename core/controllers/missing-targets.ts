import { departureOf, exclusionOf, isFargateNode, isNodeReady } from '../kubernetes/node.ts';
import { conditionOf, podsAt } from '../kubernetes/pod.ts';
import { endpointsOf, isReady, serviceOf, servicePortOf } from '../kubernetes/service.ts';
import { derived, indexed } from '../model/indexed.ts';
import type { Endpoint, EndpointSlice, Node, Pod } from '../model/kubernetes.ts';
import { isUnmanaged } from '../model/owner.ts';
import type { SliceName, Slices } from '../model/slices.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { isHybridNode } from '../network/outside-vpc.ts';
import { isChosen, nodeChoiceOf } from './node-selection.ts';
import { isPending } from './pending.ts';
import { isPutByHand } from './put-by-hand.ts';
import { bindingsOf } from './reconcile-errors.ts';

/** The slices without which nothing can be said of what should be registered. */
export const missingNeeds = ['services', 'pods', 'nodes', 'endpointSlices'] as const satisfies SliceName[];

type Facts = Pick<Slices, (typeof missingNeeds)[number]> & {
  targetGroupBindings?: Slices['targetGroupBindings'] | undefined;
};

/**
 * What should be a target of the group by the rules of its controller, has been fit for it for longer than a registration
 * takes, and is not registered: addresses of ready endpoints, or names of nodes. Empty where no controller fills the group.
 * Sources: LBC:pkg/backend/endpoint_utils.go, kubernetes/cloud-provider controllers/service.
 */
export const missingTargetsOf = (group: TargetGroupContext, facts: Facts): string[] =>
  group.memo.once(
    [missingTargetsOf, facts.services, facts.pods, facts.nodes, facts.endpointSlices, facts.targetGroupBindings],
    () => findMissing(group, facts),
  );

function findMissing(group: TargetGroupContext, facts: Facts): string[] {
  if (!isFilled(group, facts)) return [];
  const here = registeredIn(group);
  return group.targetGroup.targetType === 'instance'
    ? eligibleNodes(group, facts, here).map(({ metadata }) => metadata.name)
    : readyAddresses(group, facts, here);
}

/** True where something that is ready is not registered, whatever its age: all that can be said without the pods. */
export function mayLackTargets(group: TargetGroupContext, facts: Omit<Facts, 'pods'>): boolean {
  if (!isFilled(group, facts)) return false;
  const here = registeredIn(group);
  if (group.targetGroup.targetType === 'instance') return eligibleNodes(group, facts, here).length > 0;
  return endpointsIn(group, facts).some(
    (endpoint) => isReady(endpoint) && endpoint.addresses.every((address) => !here.has(address)),
  );
}

/** True where a controller fills the group, and has had the time for it. */
const isFilled = (group: TargetGroupContext, facts: Omit<Facts, 'pods'>): boolean =>
  group.owner !== undefined &&
  !isUnmanaged(group.owner) &&
  !isPutByHand(group, { ...facts, targetGroupBindings: facts.targetGroupBindings ?? [] }) &&
  group.targetGroup.targetType !== 'alb' &&
  isSettled(group, facts);

const registeredIn = ({ targets }: TargetGroupContext): Set<string> =>
  new Set(targets.filter(({ state }) => state !== 'draining').map(({ id }) => id));

/** A load balancer, Service or binding made moments ago has nothing registered yet. */
function isSettled(
  group: TargetGroupContext,
  { services, targetGroupBindings = [] }: Pick<Facts, 'services' | 'targetGroupBindings'>,
): boolean {
  const service = serviceOf(group, services);
  const bindings = bindingsOf(group, targetGroupBindings);
  const made = [
    group.loadBalancer?.createdAt,
    ...[service, ...bindings].map((each) => each?.metadata.creationTimestamp),
  ];
  return service !== undefined && !made.some((time) => isPending(time, group.takenAt));
}

/** Those that are registered are set aside first: nearly all are, and the rest takes longer. */
function eligibleNodes(
  group: TargetGroupContext,
  { services, nodes, targetGroupBindings }: Omit<Facts, 'pods'>,
  here: Set<string>,
): Node[] {
  const service = serviceOf(group, services);
  const controller = group.owner?.controller ?? 'none';
  const choice = nodeChoiceOf(group, service, targetGroupBindings);
  return nodes
    .filter(({ spec }) => !here.has(instanceIdIn(spec.providerID)))
    .filter((node) => isNodeReady(node) && isOldEnough(node, group))
    .filter((node) => !isFargateNode(node) && !isHybridNode(node))
    .filter((node) => departureOf(node, undefined) === undefined && exclusionOf(node, controller) === undefined)
    .filter((node) => isChosen(node, choice))
    .filter(({ metadata }) => controller !== 'eks-auto-mode' || metadata.labels[computeType] === 'auto');
}

const instanceIdIn = (providerId = ''): string => providerId.slice(providerId.lastIndexOf('/') + 1);

const computeType = 'eks.amazonaws.com/compute-type';

function isOldEnough({ metadata, status }: Node, { takenAt }: TargetGroupContext): boolean {
  const ready = status.conditions.find(({ type }) => type === 'Ready');
  return ![metadata.creationTimestamp, ready?.lastTransitionTime].some((time) => isPending(time, takenAt));
}

/** The endpoints of the port behind the group, in its family of addresses. */
function endpointsIn(group: TargetGroupContext, { services, endpointSlices }: Omit<Facts, 'pods'>): Endpoint[] {
  const service = serviceOf(group, services);
  if (service === undefined) return [];
  const family = group.targetGroup.ipAddressType === 'ipv6' ? 'IPv6' : 'IPv4';
  return endpointsOf(service, servicePortOf(group, service), slicesOf(family, endpointSlices));
}

const slicesOf = (family: 'IPv4' | 'IPv6', slices: EndpointSlice[]): EndpointSlice[] =>
  derived(slices, [slicesOf, family], () => indexed(slices.filter(({ addressType }) => addressType === family)));

/** A pod that only waits for a readiness gate of the load balancer counts as ready. */
function readyAddresses(group: TargetGroupContext, facts: Facts, here: Set<string>): string[] {
  const { pods, targetGroupBindings = [] } = facts;
  const isLongSo = (pod: Pod | undefined, type: string): boolean => {
    const condition = pod && conditionOf(pod, type);
    return condition?.status === 'True' && !isPending(condition.lastTransitionTime, group.takenAt);
  };
  const bindings = [group.targetGroup, ...bindingsOf(group, targetGroupBindings).map(({ metadata }) => metadata)];
  /** The controller registers a pod that is not ready only where it waits for nothing but the gates of its own binding. */
  const isGatedHere = (pod: Pod): boolean => {
    const closed = pod.spec.readinessGates.filter((gate) => conditionOf(pod, gate)?.status !== 'True');
    return closed.length > 0 && closed.every((gate) => bindings.some(({ name }) => gate.endsWith(`/${name}`)));
  };
  return endpointsIn(group, facts).flatMap((endpoint) => {
    const [address] = endpoint.addresses;
    if (address === undefined || here.has(address) || endpoint.conditions.terminating === true) return [];
    const [pod] = podsAt(address, pods);
    const gated = pod !== undefined && isGatedHere(pod) && isLongSo(pod, 'ContainersReady');
    return (isReady(endpoint) && isLongSo(pod, 'Ready')) || gated ? [address] : [];
  });
}
