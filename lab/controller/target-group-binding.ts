import type { TargetGroup } from '../../core/aws.ts';
import type { ServicePort } from '../../core/kubernetes.ts';
import { recordEvent } from '../event.ts';
import { ageInSeconds } from '../moment.ts';
import { metadata, objectsOf, put } from '../object.ts';
import type { KubernetesObject, World, WorldCluster } from '../world.ts';

interface Binding {
  service: KubernetesObject;
  port: ServicePort;
  targetGroup: TargetGroup;
  backendGroupId: string;
}

/** Writes LBC's TargetGroupBinding of a Service port (apis/elbv2/v1beta1/targetgroupbinding_types.go). */
export function bindTargetGroup(world: World, cluster: WorldCluster, binding: Binding): void {
  const { service, port, targetGroup, backendGroupId } = binding;
  const { namespace, name, creationTimestamp } = service['metadata'];
  const isOwn = ({ kind, spec, metadata: own }: KubernetesObject) =>
    kind === 'TargetGroupBinding' &&
    own.namespace === namespace &&
    spec.serviceRef.name === name &&
    spec.serviceRef.port === port.port;
  cluster.objects = cluster.objects.filter((object) => !isOwn(object) || object['metadata'].name === targetGroup.name);

  const trafficPort = targetGroup.targetType === 'instance' ? port.nodePort : port.targetPort;
  const { port: checked } = targetGroup.healthCheck;
  const ports = [trafficPort, ...(checked === 'traffic-port' || checked === `${trafficPort}` ? [] : [Number(checked)])];
  const object = put(cluster, {
    apiVersion: 'elbv2.k8s.aws/v1beta1',
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
      networking: {
        ingress: [
          {
            from: [{ securityGroup: { groupID: backendGroupId } }],
            ports: ports.map((number) => ({ port: number, protocol: 'TCP' })),
          },
        ],
      },
      serviceRef: { name, port: port.port },
      targetGroupARN: targetGroup.arn,
      targetGroupProtocol: 'TCP',
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

/** Every TCP port that a cluster's bindings want open; a named port counts for all containers that declare it. */
export function boundPorts(cluster: WorldCluster): number[] {
  const named = (name: string): number[] =>
    objectsOf(cluster, 'Pod').flatMap((pod) =>
      pod['spec'].containers
        .flatMap(({ ports = [] }: { ports?: { name?: string; containerPort: number }[] }) => ports)
        .filter((port: { name?: string }) => port.name === name)
        .map((port: { containerPort: number }) => port.containerPort),
    );
  return objectsOf(cluster, 'TargetGroupBinding').flatMap(({ spec }) =>
    spec.networking.ingress.flatMap(({ ports }: { ports: { port: number | string }[] }) =>
      ports.flatMap(({ port }) => (typeof port === 'number' ? [port] : named(port))),
    ),
  );
}
