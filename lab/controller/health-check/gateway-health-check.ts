import type { HealthCheck, TargetGroup } from '../../../core/model/aws.ts';
import type { TargetGroupProps } from '../../world/gateway/gateway-spec.ts';
import type { Gateway, Service, TargetGroupConfiguration } from '../../world/kubernetes-object.ts';
import { objectsOf } from '../../world/object.ts';
import type { World, WorldCluster } from '../../world/world.ts';
import { isAmong, type Noticed } from '../noticed.ts';
import { bindingOf } from '../target-group-binding.ts';

/**
 * Gives the target groups of Gateways the health check that their TargetGroupConfigurations ask for, as the Gateway controller of the AWS
 * Load Balancer Controller does (pkg/gateway/model/model_build_target_group.go).
 */
export function reconcileGateways(world: World, cluster: WorldCluster, { services }: Noticed): void {
  for (const group of world.targetGroups) {
    const gateway = gatewayOf(cluster, group);
    const reference = bindingOf(cluster, group);
    const service = objectsOf(cluster, 'Service').find(
      ({ metadata }) =>
        metadata.namespace === reference?.metadata.namespace && metadata.name === reference.spec.serviceRef.name,
    );
    if (gateway === undefined || service === undefined || !isAmong(services, service.metadata)) continue;
    group.healthCheck = healthCheckOf(cluster, { gateway, group, service });
  }
}

interface Backend {
  gateway: Gateway;
  group: TargetGroup;
  service: Service;
}

const gatewayOf = (cluster: WorldCluster, { tags }: TargetGroup): Gateway | undefined =>
  tags['elbv2.k8s.aws/cluster'] === cluster.cluster.name
    ? objectsOf(cluster, 'Gateway').find(
        ({ metadata }) => tags['gateway.k8s.aws.nlb/stack'] === `${metadata.namespace}/${metadata.name}`,
      )
    : undefined;

function healthCheckOf(cluster: WorldCluster, { gateway, group, service }: Backend): HealthCheck {
  const { namespace, name } = service.metadata;
  const inNamespace = (where: string) =>
    objectsOf(cluster, 'TargetGroupConfiguration').filter(({ metadata }) => metadata.namespace === where);
  const own = inNamespace(namespace).find(
    ({ spec: { targetReference } }) =>
      targetReference?.name === name && (targetReference.kind ?? 'Service') === 'Service',
  );
  const settings = objectsOf(cluster, 'LoadBalancerConfiguration').find(
    ({ metadata }) =>
      metadata.namespace === gateway.metadata.namespace &&
      metadata.name === gateway.spec.infrastructure?.parametersRef.name,
  );
  const fallback = inNamespace(gateway.metadata.namespace).find(
    ({ metadata }) => metadata.name === settings?.spec.defaultTargetGroupConfiguration?.name,
  );
  const wanted = configFor(group, own) ?? configFor(group, fallback) ?? {};
  const protocol = wanted.healthCheckProtocol ?? 'TCP';
  return {
    protocol,
    port: wanted.healthCheckPort ?? 'traffic-port',
    intervalSeconds: wanted.healthCheckInterval ?? 15,
    timeoutSeconds: wanted.healthCheckTimeout ?? 5,
    healthyThreshold: wanted.healthyThresholdCount ?? 3,
    unhealthyThreshold: wanted.unhealthyThresholdCount ?? 3,
    ...(protocol !== 'TCP' && {
      path: wanted.healthCheckPath ?? '/',
      successCodes: wanted.matcher?.httpCode ?? '200-399',
    }),
  };
}

/** The block for the very route, then for all of its kind in its namespace, then for all of its kind, then the default. */
function configFor(
  { tags }: TargetGroup,
  configuration: TargetGroupConfiguration | undefined,
): TargetGroupProps['healthCheckConfig'] {
  const [, route = '', backend = ''] = (tags['gateway.k8s.aws.nlb/resource'] ?? '').split(':');
  const [routeKind] = backend.split('-');
  const blocks = (configuration?.spec.routeConfigurations ?? []).filter(
    ({ routeIdentifier: { kind } }) => kind === routeKind,
  );
  const exact = blocks.find(({ routeIdentifier: { namespace, name } }) => route === `${namespace}-${name}`);
  const inNamespace = blocks.find(
    ({ routeIdentifier: { namespace, name } }) => !name && namespace && route.startsWith(`${namespace}-`),
  );
  const ofKind = blocks.find(({ routeIdentifier: { namespace, name } }) => !name && !namespace);
  const block = exact ?? inNamespace ?? ofKind;
  return block?.targetGroupProps.healthCheckConfig ?? configuration?.spec.defaultConfiguration?.healthCheckConfig;
}
