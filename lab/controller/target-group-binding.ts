import type { TargetGroup } from '../../core/model/aws.ts';
import type { ServicePort } from '../../core/model/kubernetes.ts';
import { recordEvent } from '../world/event.ts';
import type { BindingPeer, KubernetesObject, Service, TargetGroupBinding } from '../world/kubernetes-object.ts';
import { ageInSeconds } from '../world/moment.ts';
import { metadata, objectsOf, put } from '../world/object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { managesBackendRules } from './backend-rules.ts';
import { controllerOf } from './controller-of.ts';

interface Binding {
  service: Service;
  port: ServicePort;
  targetGroup: TargetGroup;
  /** Who is to be let in, a list for each rule of the binding. */
  sources: BindingPeer[][];
}

/** Writes LBC's TargetGroupBinding of a Service port (apis/elbv2/v1beta1/targetgroupbinding_types.go). */
export function bindTargetGroup(world: World, cluster: WorldCluster, binding: Binding): void {
  const { service, port, targetGroup, sources } = binding;
  const { namespace, name, creationTimestamp } = service.metadata;
  const isOwn = (object: KubernetesObject) =>
    object.kind === 'TargetGroupBinding' &&
    !isOwnBinding(object) &&
    object.metadata.namespace === namespace &&
    object.spec.serviceRef.name === name &&
    object.spec.serviceRef.port === port.port;
  cluster.objects = cluster.objects.filter((object) => !isOwn(object) || object.metadata.name === targetGroup.name);

  const trafficPort = targetGroup.targetType === 'instance' ? port.nodePort : port.targetPort;
  const { port: checked } = targetGroup.healthCheck;
  const isChecked = checked === 'traffic-port' || checked === `${trafficPort}`;
  const protocols = protocolsOf(targetGroup.protocol);
  // Health checks are TCP whatever clients speak.
  const ports = [
    ...protocols.map((protocol) => ({ port: trafficPort, protocol })),
    ...(isChecked && protocols.includes('TCP')
      ? []
      : [{ port: isChecked ? trafficPort : Number(checked), protocol: 'TCP' }]),
  ];
  const previous = bindingOf(cluster, targetGroup);
  const object = put(cluster, {
    apiVersion: controllerOf(service) === 'auto' ? 'eks.amazonaws.com/v1' : 'elbv2.k8s.aws/v1beta1',
    kind: 'TargetGroupBinding',
    metadata: {
      ...metadata(world, cluster, {
        kind: 'TargetGroupBinding',
        namespace,
        name: targetGroup.name,
        labels: { 'service.k8s.aws/stack-name': name, 'service.k8s.aws/stack-namespace': namespace },
        ageSeconds: ageInSeconds(world.now, creationTimestamp) - 5,
      }),
      annotations: previous?.metadata.annotations ?? {},
      finalizers: ['elbv2.k8s.aws/resources'],
    },
    spec: {
      ipAddressType: targetGroup.ipAddressType,
      ...(isShared(service) && { multiClusterTargetGroup: true }),
      ...nodeSelectorOf(service, targetGroup),
      ...(managesBackendRules(service) && {
        networking: {
          ingress: sources.map((from) => ({ from, ports })),
        },
      }),
      serviceRef: { name, port: port.port },
      targetGroupARN: targetGroup.arn,
      targetGroupProtocol: targetGroup.protocol,
      targetType: targetGroup.targetType,
      vpcID: targetGroup.vpcId,
    },
    status: { observedGeneration: 1 },
  });
  recordEvent(world, cluster, {
    about: object,
    type: 'Normal',
    reason: 'SuccessfullyReconciled',
    message: 'Successfully reconciled',
    component: 'targetGroupBinding',
    ageSeconds: 40 * 60,
  });
}

/** True where the Service says that other clusters register with its target groups too (LBC:docs/guide/service/annotations.md). */
const isShared = ({ metadata }: Service): boolean =>
  metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-multi-cluster-target-group'] === 'true';

/** What clients speak on the way to the targets. */
const protocolsOf = (protocol: string): string[] => {
  if (protocol === 'UDP' || protocol === 'QUIC') return ['UDP'];
  return protocol === 'TCP_UDP' || protocol === 'TCP_QUIC' ? ['UDP', 'TCP'] : ['TCP'];
};

/** `target-node-labels` becomes the selector of instance bindings (LBC:pkg/service/model_build_target_group.go). */
function nodeSelectorOf(
  { metadata }: Service,
  { targetType }: TargetGroup,
): Pick<TargetGroupBinding['spec'], 'nodeSelector'> {
  const labels = metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-target-node-labels'];
  if (labels === undefined || targetType !== 'instance') return {};
  const pairs = labels.split(',').map((pair) => splitOnce(pair.trim()));
  return { nodeSelector: { matchLabels: Object.fromEntries(pairs) } };
}

const splitOnce = (pair: string): string[] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];

/** True for a binding that a person wrote: the controller labels those that it writes itself. */
export const isOwnBinding = ({ metadata }: TargetGroupBinding): boolean =>
  metadata.labels['service.k8s.aws/stack-name'] === undefined;

/** The binding that names this target group. */
export const bindingOf = (cluster: WorldCluster, { arn }: TargetGroup): TargetGroupBinding | undefined =>
  objectsOf(cluster, 'TargetGroupBinding').find(({ spec }) => spec.targetGroupARN === arn);

/** A port that a binding wants open. */
export interface BoundPort {
  protocol: string;
  port: number;
  /** Absent = from the security group that all load balancers share. */
  cidr?: string;
}

/**
 * Every port that these bindings want open; a named port counts for all containers that declare it. A binding
 * without `networking` wants nothing to be managed.
 */
export const boundPorts = (cluster: WorldCluster, bindings: TargetGroupBinding[]): BoundPort[] =>
  bindings.flatMap(({ spec }) =>
    (spec.networking?.ingress ?? []).flatMap(({ from, ports }) =>
      ports.flatMap(({ port: named, protocol = 'TCP' }) =>
        portNumbers(cluster, named).flatMap((port) =>
          from.map(({ ipBlock }) => ({ protocol, port, ...(ipBlock && { cidr: ipBlock.cidr }) })),
        ),
      ),
    ),
  );

/** The numbers behind a port of a binding: a named one may differ from container to container. */
export const portNumbers = (cluster: WorldCluster, port: number | string | undefined): number[] =>
  typeof port === 'number'
    ? [port]
    : objectsOf(cluster, 'Pod')
        .flatMap(({ spec }) => spec.containers.flatMap(({ ports = [] }) => ports))
        .filter(({ name }) => name === port)
        .map(({ containerPort }) => containerPort);
