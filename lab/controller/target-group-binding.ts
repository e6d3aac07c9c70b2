import type { TargetGroup } from '../../core/model/aws.ts';
import type { ServicePort } from '../../core/model/kubernetes.ts';
import { recordEvent } from '../world/event.ts';
import type { KubernetesObject, Service, TargetGroupBinding } from '../world/kubernetes-object.ts';
import { ageInSeconds } from '../world/moment.ts';
import { metadata, objectsOf, put } from '../world/object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { managesBackendRules } from './backend-rules.ts';
import { controllerOf } from './controller-of.ts';

interface Binding {
  service: Service;
  port: ServicePort;
  targetGroup: TargetGroup;
  backendGroupId: string;
}

/** Writes LBC's TargetGroupBinding of a Service port (apis/elbv2/v1beta1/targetgroupbinding_types.go). */
export function bindTargetGroup(world: World, cluster: WorldCluster, binding: Binding): void {
  const { service, port, targetGroup, backendGroupId } = binding;
  const { namespace, name, creationTimestamp } = service.metadata;
  const isOwn = (object: KubernetesObject) =>
    object.kind === 'TargetGroupBinding' &&
    object.metadata.namespace === namespace &&
    object.spec.serviceRef.name === name &&
    object.spec.serviceRef.port === port.port;
  cluster.objects = cluster.objects.filter((object) => !isOwn(object) || object.metadata.name === targetGroup.name);

  const trafficPort = targetGroup.targetType === 'instance' ? port.nodePort : port.targetPort;
  const { port: checked } = targetGroup.healthCheck;
  const checkedPort = checked === 'traffic-port' ? trafficPort : Number(checked);
  // Clients by their protocol, health checks by TCP (pkg/service/model_build_target_group.go).
  const ports = [
    ...wiresOf(targetGroup).map((protocol) => ({ port: trafficPort, protocol })),
    ...(checkedPort === trafficPort && wiresOf(targetGroup).includes('TCP')
      ? []
      : [{ port: checkedPort, protocol: 'TCP' }]),
  ];
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
      finalizers: ['elbv2.k8s.aws/resources'],
    },
    spec: {
      ipAddressType: 'ipv4',
      ...nodeSelectorOf(service, targetGroup),
      ...(managesBackendRules(service) && {
        networking: {
          ingress: [
            {
              from: [{ securityGroup: { groupID: backendGroupId } }],
              ports,
            },
          ],
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

const wires: Record<string, string[]> = {
  UDP: ['UDP'],
  QUIC: ['UDP'],
  TCP_UDP: ['TCP', 'UDP'],
  TCP_QUIC: ['TCP', 'UDP'],
};

/** What packets to the traffic port are carried by. */
const wiresOf = ({ protocol }: TargetGroup): string[] => wires[protocol] ?? ['TCP'];

/** `target-node-labels` becomes the selector of instance bindings (LBC:pkg/service/model_build_target_group.go). */
function nodeSelectorOf(
  { metadata }: Service,
  { targetType }: TargetGroup,
): Pick<TargetGroupBinding['spec'], 'nodeSelector'> {
  const labels = metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-target-node-labels'];
  if (labels === undefined || targetType !== 'instance') return {};
  const pairs = labels.split(',').map((pair) => pair.trim().split('='));
  return { nodeSelector: { matchLabels: Object.fromEntries(pairs) } };
}

/** True for a binding that a person wrote: the controller labels those that it writes itself. */
export const isOwnBinding = ({ metadata }: TargetGroupBinding): boolean =>
  metadata.labels['service.k8s.aws/stack-name'] === undefined;

/** The binding that names this target group. */
export const bindingOf = (cluster: WorldCluster, { arn }: TargetGroup): TargetGroupBinding | undefined =>
  objectsOf(cluster, 'TargetGroupBinding').find(({ spec }) => spec.targetGroupARN === arn);

/** A port by TCP or by UDP. */
export interface WirePort {
  port: number;
  /** `TCP` or `UDP`. */
  protocol: string;
}

/**
 * Every port that these bindings want open; a named port counts for all containers that declare it. A binding without
 * `networking` wants nothing to be managed.
 */
export const boundPorts = (cluster: WorldCluster, bindings: TargetGroupBinding[]): WirePort[] =>
  bindings.flatMap(({ spec }) =>
    (spec.networking?.ingress ?? []).flatMap(({ ports }) =>
      ports.flatMap(({ port, protocol = 'TCP' }) =>
        portNumbers(cluster, port).map((number) => ({ port: number, protocol })),
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
