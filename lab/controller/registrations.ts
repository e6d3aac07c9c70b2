import type { TargetGroup } from '../../core/model/aws.ts';
import { readyCondition } from '../physics/kubelet.ts';
import { failedBefore, type Happening, recordEvent } from '../world/event.ts';
import type { TargetGroupBinding } from '../world/kubernetes-object.ts';
import { ageInSeconds, before, later, minute } from '../world/moment.ts';
import { hasInstance, instanceIdOf } from '../world/network/node.ts';
import { objectsOf } from '../world/object.ts';
import type { Registration, World, WorldCluster } from '../world/world.ts';
import { ambiguityOf, interfacesBehind } from './backend-rules.ts';
import { type Backend, candidatesOf, eligibleNodes } from './candidates.ts';
import { checkpointOf, hasCheckpoint, setCheckpoint } from './checkpoint.ts';
import { controllerOf } from './controller-of.ts';
import { failureOf } from './failure.ts';
import { mostTargets } from './flags.ts';
import { isAdmitted } from './node-rules.ts';
import { invalidSelectorOf } from './node-selector.ts';
import { accepted } from './register-targets.ts';
import { bindingOf } from './target-group-binding.ts';

/**
 * Registers what should be registered with a target group and deregisters the rest: every eligible node on the
 * NodePort, or every ready endpoint (aws-load-balancer-controller pkg/backend; kubernetes/cloud-provider
 * controllers/service).
 */
export function registerTargets(world: World, cluster: WorldCluster, backend: Backend): void {
  const { service, targetGroup } = backend;
  const candidates = accepted(world, cluster, backend, candidatesOf(cluster, backend));
  const all = world.registrations ?? [];
  const own = all.filter(({ targetGroupArn }) => targetGroupArn === targetGroup.arn);
  const current = own.filter(({ deregisteredAt }) => deregisteredAt === undefined);
  const isWanted = ({ id, port }: Registration) => candidates.some((other) => other.id === id && other.port === port);
  const isForeign = foreignTo(world, cluster, targetGroup);

  const added = candidates
    .filter(({ id, port }) => !current.some((other) => other.id === id && other.port === port))
    .map(({ id, port, since }) => ({
      targetGroupArn: targetGroup.arn,
      id,
      port,
      registeredAt: later(since, service.metadata.creationTimestamp),
    }))
    .slice(0, Math.max(0, (mostTargets(cluster) ?? Number.POSITIVE_INFINITY) - own.length));
  const leaving = own
    .filter((registration) => !isWanted(registration) && !isForeign(registration))
    .map((registration) => ({ deregisteredAt: leftAt(world, cluster, registration), ...registration }))
    .filter((registration) => !hasDrained(world, targetGroup, registration));
  world.registrations = [
    ...all.filter(({ targetGroupArn }) => targetGroupArn !== targetGroup.arn),
    ...current.filter(isWanted),
    ...own.filter((registration) => !isWanted(registration) && isForeign(registration)),
    ...added,
    ...leaving,
  ];
}

/** With multiClusterTargetGroup the controller leaves alone what it did not register itself (LBC:docs/guide/targetgroupbinding). */
function foreignTo(world: World, cluster: WorldCluster, targetGroup: TargetGroup): (target: Registration) => boolean {
  if (bindingOf(cluster, targetGroup)?.spec.multiClusterTargetGroup !== true) return () => false;
  const others = world.clusters.filter((each) => each !== cluster);
  const known = new Set([
    ...others.flatMap((each) => objectsOf(each, 'Node').filter(hasInstance).map(instanceIdOf)),
    ...others.flatMap((each) => objectsOf(each, 'Pod').flatMap(({ status }) => status.podIP ?? [])),
  ]);
  return ({ id }) => known.has(id);
}

const hasDrained = (
  { now }: World,
  targetGroup: TargetGroup,
  { targetGroupArn, deregisteredAt }: Registration,
): boolean =>
  targetGroupArn === targetGroup.arn &&
  deregisteredAt !== undefined &&
  ageInSeconds(now, deregisteredAt) >= deregistrationDelay(targetGroup);

const deregistrationDelay = ({ attributes }: TargetGroup): number =>
  Number(attributes['deregistration_delay.timeout_seconds']);

/**
 * What the controller does for one binding: the rule on the targets first, then the targets. Where the rule cannot be
 * written pods are registered all the same, instances are not (aws-load-balancer-controller
 * pkg/targetgroupbinding/resource_manager.go).
 */
export function fillTargetGroup(world: World, cluster: WorldCluster, backend: Backend): void {
  const binding = bindingOf(cluster, backend.targetGroup);
  if (binding === undefined) {
    if (controllerOf(backend.service) === 'ccm') registerTargets(world, cluster, backend);
    return;
  }
  const complain = (reason: string, message: string): void =>
    complainOf(world, cluster, {
      about: binding,
      reason,
      message: reason === 'FailedReconcile' ? `Failed reconcile due to ${message}` : message,
      component: 'targetGroupBinding',
    });
  const isInstance = backend.targetGroup.targetType === 'instance';
  const noRule = holdUpOf(world, cluster, { ...backend, binding });
  if (noRule !== undefined) complain(isInstance ? 'FailedReconcile' : 'FailedNetworkReconcile', noRule);
  // The Service waits for its binding, in vain where it can never be served.
  if (invalidSelectorOf(binding) !== undefined) {
    complainOf(world, cluster, {
      about: backend.service,
      reason: 'FailedDeployModel',
      message: 'Failed deploy model due to timed out waiting for the condition',
      component: 'service',
    });
  }
  if (noRule !== undefined && isInstance) return;

  if (isOfAutoMode(binding) && !mayRegister(cluster, backend.targetGroup)) {
    complain('FailedReconcile', deniedRegistration(world, backend.targetGroup));
    return;
  }
  const before = world.registrations ?? [];
  if (isInstance && backend.service.spec.type === 'ClusterIP') {
    const { namespace, name } = backend.service.metadata;
    complain('FailedReconcile', `service type must be either 'NodePort' or 'LoadBalancer': ${namespace}/${name}`);
    return;
  }
  if (isInstance && backend.port.nodePort === undefined) {
    // The targets of before were deregistered first, and have drained by now.
    world.registrations = before.filter(({ targetGroupArn }) => targetGroupArn !== backend.targetGroup.arn);
    complain('FailedReconcile', portZero);
    return;
  }
  if (!isDue(world, cluster, backend)) {
    world.registrations = before.filter((each) => !hasDrained(world, backend.targetGroup, each));
    return;
  }
  registerTargets(world, cluster, backend);
  const refused = failureOf(cluster, 'RegisterTargets', backend.service.metadata);
  if (refused === undefined || sameTargets(before, world.registrations ?? [])) {
    const wanted = candidatesOf(cluster, backend);
    const isDone = wanted.every(({ id, port }) =>
      world.registrations?.some(
        (each) => each.targetGroupArn === backend.targetGroup.arn && each.id === id && each.port === port,
      ),
    );
    if (noRule === undefined && isDone) {
      setCheckpoint(binding, seenBy(world, cluster, { ...backend, binding }));
      if (failedBefore(cluster, binding)) announce(world, cluster, binding);
    }
    return;
  }
  world.registrations = before;
  complain('FailedReconcile', refused);
}

function announce(world: World, cluster: WorldCluster, binding: TargetGroupBinding): void {
  recordEvent(world, cluster, {
    about: binding,
    type: 'Normal',
    reason: 'SuccessfullyReconciled',
    message: 'Successfully reconciled',
    component: 'targetGroupBinding',
    ageSeconds: 0,
  });
}

/** A complaint that has been repeated for a quarter of an hour. */
const complainOf = (
  world: World,
  cluster: WorldCluster,
  complaint: Pick<Happening, 'about' | 'reason' | 'message' | 'component'>,
): void =>
  recordEvent(world, cluster, {
    ...complaint,
    type: 'Warning',
    ageSeconds: minute,
    lastingSeconds: 14 * minute,
    count: 12,
  });

/** What keeps the rule for the binding from being written. */
function holdUpOf(
  world: World,
  cluster: WorldCluster,
  { binding, ...backend }: Backend & { binding: TargetGroupBinding },
): string | undefined {
  return (
    invalidSelectorOf(binding) ??
    (backend.targetGroup.targetType === 'instance'
      ? unresolvedNodes(cluster, backend, binding)
      : failureOf(cluster, 'resolve pod ENI', backend.service.metadata)) ??
    (binding.spec.networking ? ambiguityOf(world, cluster, binding) : undefined) ??
    (isAdmitted(world, cluster, binding)
      ? undefined
      : failureOf(cluster, 'AuthorizeSecurityGroupIngress', backend.service.metadata))
  );
}

/** True where the controller has something to do for the binding: it changed since its checkpoint, or something held it up. */
export function isDue(world: World, cluster: WorldCluster, backend: Backend): boolean {
  const binding = bindingOf(cluster, backend.targetGroup);
  if (binding === undefined) return false;
  // Whether the controller of EKS Auto Mode skips bindings is not known.
  if (isOfAutoMode(binding) || holdUpOf(world, cluster, { ...backend, binding }) !== undefined) return true;
  return !hasCheckpoint(binding, seenBy(world, cluster, { ...backend, binding }));
}

/** The checkpoint of a binding whose work is done. */
const seenBy = (
  world: World,
  cluster: WorldCluster,
  { binding, ...backend }: Backend & { binding: TargetGroupBinding },
): string =>
  checkpointOf(binding, {
    targets: candidatesOf(cluster, backend),
    interfaces: backend.targetGroup.targetType === 'ip' ? interfacesBehind(world, cluster, binding) : [],
  });

/**
 * Nodes that are no instances stop the work on a binding: where it manages rules at the look for their interfaces
 * (pkg/networking/node_eni_info_resolver.go), else at the look for their instance (pkg/k8s/node_utils.go).
 */
function unresolvedNodes(
  cluster: WorldCluster,
  { service, port, targetGroup }: Backend,
  { spec }: TargetGroupBinding,
): string | undefined {
  if (port.nodePort === undefined) return undefined;
  const strangers = eligibleNodes(cluster, { service, targetGroup }).filter((node) => !hasInstance(node));
  const [first] = strangers;
  if (first === undefined) return undefined;
  return spec.networking === undefined
    ? `providerID ${first.spec.providerID} is invalid for EC2 instances, node: ${first.metadata.name}`
    : `cannot resolve node ENI for nodes: [${strangers.map(({ metadata }) => `/${metadata.name}`).join(' ')}]`;
}

const isOfAutoMode = ({ apiVersion }: TargetGroupBinding): boolean => apiVersion.startsWith('eks.amazonaws.com/');

/** The condition of the role's managed policy, AmazonEKSLoadBalancingPolicy. */
const mayRegister = ({ cluster }: WorldCluster, { tags }: TargetGroup): boolean =>
  tags['eks:eks-cluster-name'] === cluster.name;

const deniedRegistration = ({ account }: World, { arn }: TargetGroup): string =>
  'operation error Elastic Load Balancing v2: RegisterTargets, https response error StatusCode: 403, api error AccessDenied: ' +
  `User: arn:aws:sts::${account}:assumed-role/AmazonEKSAutoClusterRole/1763800000000000000 is not authorized to perform: ` +
  `elasticloadbalancing:RegisterTargets on resource: ${arn} because no identity-based policy allows the ` +
  'elasticloadbalancing:RegisterTargets action';

/** The controller registers NodePort 0 where none is allocated. */
const portZero =
  'operation error Elastic Load Balancing v2: RegisterTargets, https response error StatusCode: 400, api error ' +
  "ValidationError: 1 validation error detected: Value '0' at 'targets.1.member.port' failed to satisfy constraint: " +
  'Member must have value greater than or equal to 1';

const sameTargets = (before: Registration[], after: Registration[]): boolean =>
  JSON.stringify(before.map(keyOf).toSorted()) === JSON.stringify(after.map(keyOf).toSorted());

const keyOf = ({ targetGroupArn, id, port, deregisteredAt }: Registration): string =>
  [targetGroupArn, id, port, deregisteredAt !== undefined].join(' ');

/** A target leaves when its pod ceases to be ready; one whose pod is gone leaves now. */
function leftAt(world: World, cluster: WorldCluster, { id }: Registration): string {
  const pod = objectsOf(cluster, 'Pod').find(({ status }) => status.podIP === id);
  return (pod && readyCondition(pod)?.lastTransitionTime) ?? before(world.now, 0);
}
