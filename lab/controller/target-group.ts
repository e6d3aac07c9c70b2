import type { HealthCheck, LoadBalancer, TargetGroup } from '../../core/model/aws.ts';
import type { ServicePort } from '../../core/model/kubernetes.ts';
import { hash } from '../world/identifier.ts';
import type { Service } from '../world/kubernetes-object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { targetAddressType } from './annotations/address-family.ts';
import { pairsIn } from './annotations/pairs.ts';
import { shortName } from './balancer-groups.ts';
import { controllerOf, targetTypeOf } from './controller-of.ts';
import { validationErrorOf } from './health-check/health-check-settings.ts';
import { protocolOf, terminatesTls } from './protocol.ts';
import { Refusal } from './refusal.ts';
import { ownershipTagsOf, tagsOf } from './tags.ts';

interface Wanted {
  cluster: WorldCluster;
  service: Service;
  port: ServicePort;
  loadBalancer: LoadBalancer;
  healthCheck: HealthCheck;
}

/**
 * Makes or updates the target group and the listener of one Service port. The AWS Load Balancer Controller changes a
 * group in place, unless the target type or the protocol of the traffic changes (since 2.4.6,
 * pkg/deploy/elbv2/target_group_synthesizer.go); cloud-provider-aws makes another group also for another NodePort, and
 * for another protocol or interval of the health check.
 */
export function ensureTargetGroup(world: World, wanted: Wanted): TargetGroup {
  const { service, port, loadBalancer } = wanted;
  const old = targetGroupOf(world, wanted.cluster, { service, port });
  const made = describe(world, wanted);
  const isKept =
    old !== undefined &&
    controllerOf(service) !== 'ccm' &&
    old.targetType === made.targetType &&
    old.protocol === made.protocol;
  const targetGroup = isKept
    ? { ...made, arn: old.arn, name: old.name, port: old.port, attributes: kept(old, service, port) }
    : controllerOf(service) === 'ccm' && old !== undefined
      ? changedByCloudProvider(old, { ...made, attributes: kept(old, service, port) })
      : made;
  if (controllerOf(service) === 'ccm' && old === undefined) refuseToCreate(made, isListening(world, loadBalancer));
  world.targetGroups = [...world.targetGroups.filter(({ arn }) => arn !== old?.arn), targetGroup];
  if (old && old.arn !== targetGroup.arn) {
    world.registrations = world.registrations?.filter(({ targetGroupArn }) => targetGroupArn !== old.arn) ?? [];
  }
  const isTls = terminatesTls(service, port);
  const standing = world.listeners.find((each) => each.loadBalancerArn === loadBalancer.arn && each.port === port.port);
  // cloud-provider-aws finds the group among those of its load balancer, and never looks where the listener leads (ensureLoadBalancerv2).
  const isLeft = controllerOf(service) === 'ccm' && old?.arn === targetGroup.arn && isBehind(old, loadBalancer);
  const listenerArn = `${loadBalancer.arn.replace(':loadbalancer/', ':listener/')}/${hash(`${loadBalancer.arn} ${port.port}`, 16)}`;
  world.listeners = [
    // A listener that somebody made on the port is taken over (LBC:pkg/deploy/elbv2/listener_synthesizer.go, matchResAndSDKListeners).
    ...world.listeners.filter(
      (listener) => listener.loadBalancerArn !== loadBalancer.arn || listener.port !== port.port,
    ),
    {
      arn: listenerArn,
      loadBalancerArn: loadBalancer.arn,
      protocol: isTls ? 'TLS' : targetGroup.protocol,
      port: port.port,
      ...(isTls && { alpnPolicy: service.metadata.annotations[`${prefix}alpn-policy`] ?? 'None' }),
      forwards: (isLeft ? standing?.forwards : undefined) ?? [{ targetGroupArn: targetGroup.arn }],
    },
  ];
  return targetGroup;
}

/**
 * What cloud-provider-aws makes of a group that is there. It looks at port and healthy threshold, and sends an unhealthy one only
 * together with the latter; a group with another protocol or interval it makes again, under a name that is made of both
 * (cloud-provider-aws pkg/providers/v1/aws_loadbalancer.go, ensureTargetGroup; measured with 1.36.2).
 */
function changedByCloudProvider(old: TargetGroup, made: TargetGroup): TargetGroup {
  const { protocol, intervalSeconds, healthyThreshold } = old.healthCheck;
  const wanted = made.healthCheck;
  const isSame = protocol === wanted.protocol && intervalSeconds === wanted.intervalSeconds;
  if (isSame) {
    const { port, path } = wanted;
    const thresholds = healthyThreshold === wanted.healthyThreshold ? old.healthCheck : wanted;
    const healthCheck = {
      ...old.healthCheck,
      port,
      ...(path !== undefined && { path }),
      healthyThreshold: thresholds.healthyThreshold,
      unhealthyThreshold: thresholds.unhealthyThreshold,
    };
    const refused = validationErrorOf('ModifyTargetGroup', healthCheck);
    if (refused !== undefined)
      throw Refusal.ofDeploy('ccm', `error modifying target group health check: ${JSON.stringify(refused)}`);
    return { ...made, arn: old.arn, name: old.name, healthCheck };
  }
  refuseToCreate(made, true);
  if (old.name !== made.name) return made;
  throw Refusal.ofDeploy(
    'ccm',
    'error creating load balancer target group: "operation error Elastic Load Balancing v2: CreateTargetGroup, https response ' +
      'error StatusCode: 400, DuplicateTargetGroupName: A target group with the specified name already exists."',
  );
}

/** The first group of a load balancer is made together with its listener (aws_loadbalancer.go, createListenerV2). */
function refuseToCreate({ healthCheck }: TargetGroup, isListening: boolean): void {
  const answer = validationErrorOf('CreateTargetGroup', healthCheck);
  if (answer === undefined) return;
  const refused = `error creating load balancer target group: ${JSON.stringify(answer)}`;
  throw Refusal.ofDeploy('ccm', isListening ? refused : `error creating listener: ${JSON.stringify(refused)}`);
}

const isBehind = ({ loadBalancerArns }: TargetGroup, { arn }: LoadBalancer): boolean => loadBalancerArns.includes(arn);

const isListening = ({ listeners }: World, { arn }: LoadBalancer): boolean =>
  listeners.some(({ loadBalancerArn }) => loadBalancerArn === arn);

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';

/** The target group of a Service port, as its tags and number tell; `undefined` before there is one. */
export function targetGroupOf(
  world: World,
  cluster: WorldCluster,
  { service, port }: { service: Service; port: ServicePort },
): TargetGroup | undefined {
  const wanted = Object.entries(ownershipTagsOf(cluster, service, resourceOf(service, port)));
  return world.targetGroups.find(
    ({ tags, port: number }) =>
      wanted.every(([key, value]) => tags[key] === value) &&
      (controllerOf(service) !== 'ccm' || number === port.nodePort),
  );
}

const resourceOf = ({ metadata }: Service, port: ServicePort): string =>
  `${metadata.namespace}/${metadata.name}:${port.port}`;

function describe(world: World, { cluster, service, port, loadBalancer, healthCheck }: Wanted): TargetGroup {
  const targetType = targetTypeOf(service);
  const { namespace, name: serviceName, uid } = service.metadata;
  const number = targetType === 'instance' ? port.nodePort : port.targetPort;
  // A named target port has no one number: LBC writes 1, which is not in the data path.
  const groupPort = typeof number === 'number' ? number : 1;
  const identity = [uid, groupPort, port.port, targetType, healthCheck.protocol, healthCheck.intervalSeconds];
  const protocol = protocolOf(service, port);
  const name = shortName(namespace, serviceName, `${cluster.cluster.name} ${identity.join(' ')}`);
  return {
    arn: `arn:aws:elasticloadbalancing:${world.region}:${world.account}:targetgroup/${name}/${hash(`target group ${name}`, 16)}`,
    name,
    protocol,
    port: groupPort,
    vpcId: cluster.cluster.vpcId,
    targetType,
    ipAddressType: targetAddressType(service),
    loadBalancerArns: [loadBalancer.arn],
    healthCheck: { ...healthCheck },
    attributes: {
      'deregistration_delay.connection_termination.enabled': 'false',
      'deregistration_delay.timeout_seconds': '300',
      'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
      'preserve_client_ip.enabled': targetType === 'instance' || /UDP|QUIC/.test(protocol) ? 'true' : 'false',
      'proxy_protocol_v2.enabled': 'false',
      'stickiness.enabled': 'false',
      'stickiness.type': 'source_ip',
      'target_health_state.unhealthy.connection_termination.enabled': 'true',
      'target_health_state.unhealthy.draining_interval_seconds': '0',
      ...requestedAttributes(service, port),
    },
    tags: tagsOf(cluster, service, resourceOf(service, port)),
  };
}

/**
 * The attributes of a group that is there: what a Service names no more stays as it is, but for Proxy Protocol, which the AWS Load Balancer
 * Controller always writes (pkg/service/model_build_target_group.go, buildTargetGroupAttributes).
 */
const kept = ({ attributes }: TargetGroup, service: Service, port: ServicePort): TargetGroup['attributes'] => ({
  ...attributes,
  ...(controllerOf(service) === 'lbc' && { [header]: 'false' }),
  ...requestedAttributes(service, port),
});

const header = 'proxy_protocol_v2.enabled';

/**
 * The `k=v,k2=v2` map of the target-group-attributes annotation, and that of one port, which wins; the annotations for Proxy Protocol win
 * over both, and only the AWS Load Balancer Controller knows them (pkg/service/model_build_target_group.go).
 */
function requestedAttributes(service: Service, { port }: ServicePort): Record<string, string> {
  const { annotations } = service.metadata;
  const attributes = { ...pairsIn(service, 'target-group-attributes') };
  if (controllerOf(service) !== 'lbc') return attributes;
  Object.assign(attributes, pairsIn(service, `target-group-attributes.${port}`));
  const named = annotations[`${prefix}proxy-protocol-per-target-group`]?.split(',').map(Number);
  if (named !== undefined) attributes[header] = String(named.includes(port));
  if (annotations[`${prefix}proxy-protocol`] === '*') attributes[header] = 'true';
  return attributes;
}
