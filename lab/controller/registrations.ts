import type { TargetGroup } from '../../core/model/aws.ts';
import type { ServicePort } from '../../core/model/kubernetes.ts';
import { endpointsOfFamily } from '../physics/endpoint-slices.ts';
import { isReady, readyCondition } from '../physics/kubelet.ts';
import { recordEvent } from '../world/event.ts';
import type { Node, Service, TargetGroupBinding } from '../world/kubernetes-object.ts';
import { ageInSeconds, before, later, minute } from '../world/moment.ts';
import { instanceIdOf, isFargate } from '../world/network/node.ts';
import { objectOf, objectsOf } from '../world/object.ts';
import type { Registration, World, WorldCluster } from '../world/world.ts';
import { ambiguityOf } from './backend-rules.ts';
import { controllerOf } from './controller-of.ts';
import { failureOf } from './failure.ts';
import { mostTargets } from './flags.ts';
import { isAdmitted } from './node-rules.ts';
import { accepted } from './register-targets.ts';
import { bindingOf } from './target-group-binding.ts';

interface Backend {
  service: Service;
  port: ServicePort;
  targetGroup: TargetGroup;
}

/** A target that should be registered, and since when it could be. */
interface Candidate {
  id: string;
  port: number;
  since: string;
}

/**
 * Registers what should be registered with a target group and deregisters the rest: every eligible node on the
 * NodePort, or every ready endpoint (aws-load-balancer-controller pkg/backend; kubernetes/cloud-provider
 * controllers/service).
 */
export function registerTargets(world: World, cluster: WorldCluster, backend: Backend): void {
  const { service, targetGroup } = backend;
  const candidates = accepted(
    world,
    cluster,
    backend,
    targetGroup.targetType === 'instance' ? nodeCandidates(cluster, backend) : podCandidates(cluster, backend),
  );
  const all = world.registrations ?? [];
  const own = all.filter(({ targetGroupArn }) => targetGroupArn === targetGroup.arn);
  const current = own.filter(({ deregisteredAt }) => deregisteredAt === undefined);
  const isWanted = ({ id, port }: Registration) => candidates.some((other) => other.id === id && other.port === port);

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
    .filter((registration) => !isWanted(registration))
    .map((registration) => ({ deregisteredAt: leftAt(world, cluster, registration), ...registration }))
    .filter(({ deregisteredAt }) => ageInSeconds(world.now, deregisteredAt) < deregistrationDelay(targetGroup));
  world.registrations = [
    ...all.filter(({ targetGroupArn }) => targetGroupArn !== targetGroup.arn),
    ...current.filter(isWanted),
    ...added,
    ...leaving,
  ];
}

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
  const complain = (reason: string, message: string): void => {
    recordEvent(world, cluster, {
      about: binding,
      type: 'Warning',
      reason,
      message: reason === 'FailedReconcile' ? `Failed reconcile due to ${message}` : message,
      component: 'targetGroupBinding',
      ageSeconds: minute,
      lastingSeconds: 14 * minute,
      count: 12,
    });
  };
  const isInstance = backend.targetGroup.targetType === 'instance';
  const noRule =
    (isInstance
      ? unresolvedNodes(cluster, backend, binding)
      : failureOf(cluster, 'resolve pod ENI', backend.service.metadata)) ??
    (binding.spec.networking ? ambiguityOf(world, cluster, binding) : undefined) ??
    (isAdmitted(world, cluster, binding)
      ? undefined
      : failureOf(cluster, 'AuthorizeSecurityGroupIngress', backend.service.metadata));
  if (noRule !== undefined) complain(isInstance ? 'FailedReconcile' : 'FailedNetworkReconcile', noRule);
  if (noRule !== undefined && isInstance) return;

  if (isOfAutoMode(binding) && !mayRegister(cluster, backend.targetGroup)) {
    complain('FailedReconcile', deniedRegistration(world, backend.targetGroup));
    return;
  }
  const before = world.registrations ?? [];
  if (isInstance && backend.port.nodePort === undefined) {
    // The targets of before were deregistered first, and have drained by now.
    world.registrations = before.filter(({ targetGroupArn }) => targetGroupArn !== backend.targetGroup.arn);
    complain('FailedReconcile', portZero);
    return;
  }
  registerTargets(world, cluster, backend);
  const refused = failureOf(cluster, 'RegisterTargets', backend.service.metadata);
  if (refused === undefined || sameTargets(before, world.registrations ?? [])) return;
  world.registrations = before;
  complain('FailedReconcile', refused);
}

/** Nodes without an interface in EC2 stop the work on a binding that manages rules (pkg/networking/node_eni_info_resolver.go). */
function unresolvedNodes(
  cluster: WorldCluster,
  { service, port }: Backend,
  { spec }: TargetGroupBinding,
): string | undefined {
  if (spec.networking === undefined || port.nodePort === undefined) return undefined;
  const names = eligibleNodes(cluster, service)
    .filter(({ spec: { providerID } }) => String(providerID).startsWith('eks-hybrid:'))
    .map(({ metadata }) => `/${metadata.name}`);
  return names.length === 0 ? undefined : `cannot resolve node ENI for nodes: [${names.join(' ')}]`;
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

function nodeCandidates(cluster: WorldCluster, { service, port }: Backend): Candidate[] {
  if (port.nodePort === undefined) return [];
  const { nodePort } = port;
  return eligibleNodes(cluster, service).map((node) => ({
    id: instanceIdOf(node),
    port: nodePort,
    since: node.metadata.creationTimestamp,
  }));
}

/**
 * LBC takes nodes that are Ready and not about to leave (pkg/backend/endpoint_utils.go). cloud-provider-aws keeps those
 * that have been registered, Ready or not (kubernetes/cloud-provider controllers/service, stable node set).
 */
function eligibleNodes(cluster: WorldCluster, service: Service): Node[] {
  const needsReady = controllerOf(service) !== 'ccm';
  const { annotations } = service.metadata;
  const wanted = selectorOf(annotations['service.beta.kubernetes.io/aws-load-balancer-target-node-labels']);
  return objectsOf(cluster, 'Node')
    .filter(({ metadata }) => !exclusionLabels.some((label) => excludes(metadata.labels[label], service)))
    .filter((node) => !isFargate(node))
    .filter(({ metadata }) => Object.entries(wanted).every(([key, value]) => metadata.labels[key] === value))
    .filter((node) => !needsReady || (isReady(node) && !isLeaving(node)));
}

const exclusionLabels = [
  'node.kubernetes.io/exclude-from-external-load-balancers',
  'alpha.service-controller.kubernetes.io/exclude-balancer',
  'node-role.kubernetes.io/master',
];

/**
 * aws-load-balancer-controller looks for the label alone (pkg/backend/endpoint_utils.go); cloud-provider-aws takes `false`
 * for included (kubernetes/cloud-provider controllers/service).
 */
const excludes = (value: string | undefined, service: Service): boolean =>
  value !== undefined && !(value === 'false' && controllerOf(service) === 'ccm');

const isLeaving = ({ spec }: Node): boolean =>
  (spec.taints ?? []).some(({ key }: { key: string }) =>
    ['ToBeDeletedByClusterAutoscaler', 'karpenter.sh/disrupted'].includes(key),
  );

/** The `k=v,k2=v2` of the target-node-labels annotation. */
const selectorOf = (text = ''): Record<string, string> =>
  Object.fromEntries(
    text
      .split(',')
      .map((pair) => pair.trim().split('='))
      .flatMap(([key, value]) => (key && value !== undefined ? [[key, value]] : [])),
  );

/** Pods without a server id are left out of a QUIC group (aws-load-balancer-controller pkg/k8s/pod_info.go). */
const isQuic = ({ protocol }: TargetGroup): boolean => protocol === 'QUIC' || protocol === 'TCP_QUIC';

function hasServerId(cluster: WorldCluster, pod: { namespace: string; name: string }): boolean {
  const { metadata, spec } = objectOf(cluster, 'Pod', pod);
  return (
    metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-quic-enabled-containers'] !== undefined &&
    spec.containers.some(({ env = [] }: { env?: { name: string }[] }) =>
      env.some(({ name }) => name === 'AWS_LBC_QUIC_SERVER_ID'),
    )
  );
}

function podCandidates(cluster: WorldCluster, { service, port, targetGroup }: Backend): Candidate[] {
  const { namespace } = service.metadata;
  const family = targetGroup.ipAddressType === 'ipv6' ? 'IPv6' : 'IPv4';
  return endpointsOfFamily(cluster, service, { port, family })
    .filter(({ ready }) => ready)
    .filter(({ podName }) => !isQuic(targetGroup) || hasServerId(cluster, { namespace, name: podName }))
    .map((endpoint) => {
      const pod = objectsOf(cluster, 'Pod').find(
        ({ metadata }) => metadata.namespace === namespace && metadata.name === endpoint.podName,
      );
      const since = pod && readyCondition(pod)?.lastTransitionTime;
      return { id: endpoint.address, port: endpoint.port, since: since ?? service.metadata.creationTimestamp };
    });
}

/** A target leaves when its pod ceases to be ready; one whose pod is gone leaves now. */
function leftAt(world: World, cluster: WorldCluster, { id }: Registration): string {
  const pod = objectsOf(cluster, 'Pod').find(({ status }) => status.podIP === id);
  return (pod && readyCondition(pod)?.lastTransitionTime) ?? before(world.now, 0);
}
