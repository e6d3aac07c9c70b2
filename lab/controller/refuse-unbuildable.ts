import type { ServicePort } from '../../core/model/kubernetes.ts';
import { privateSubnets } from '../world/account.ts';
import type { Service } from '../world/kubernetes-object.ts';
import type { World } from '../world/world.ts';
import { hasIpv6, isDualStack } from './annotations/address-family.ts';
import { refusedByAnnotation } from './annotations/refused-by-annotation.ts';
import { groupNamed, isWithoutGroups, namedGroups } from './backend-rules.ts';
import { type ControllerName, targetTypeOf } from './controller-of.ts';
import { subnetsOf } from './load-balancer.ts';
import { Refusal } from './refusal.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';
const noSubnet = 'unable to resolve at least one subnet.';

/**
 * Throws a Refusal for a Service of which the controller can make no load balancer: a subnet that is not there, an
 * instance target without NodePort, attributes that are no `key=value` (aws-load-balancer-controller
 * pkg/networking/subnet_resolver.go, pkg/service/model_build_target_group.go, pkg/annotations/parser.go).
 */
export function refuseUnbuildable(
  world: World,
  { service, controller }: { service: Service; controller: ControllerName },
): void {
  const { annotations } = service.metadata;
  const lost = listOf(annotations[`${prefix}subnets`]).filter(
    (subnet) => !world.subnets.some(({ id, tags }) => id === subnet || tags['Name'] === subnet),
  );
  if (lost.length > 0) {
    throw Refusal.toBuild(
      controller,
      `failed to list subnets by names or IDs: couldn't find all subnets, missing names: [${lost.join(' ')}]`,
    );
  }
  if (subnetsOf(world, service).length === 0) {
    throw Refusal.toBuild(
      controller,
      controller === 'ccm'
        ? 'could not find any suitable subnets for creating the ELB'
        : `${noSubnet} Evaluated 0 subnets: 0 are tagged for other clusters, and 0 have insufficient available IP addresses`,
    );
  }
  const { length } = privateSubnets(world);
  if (isDualStack(service) && privateSubnets(world).every(({ ipv6Cidrs }) => ipv6Cidrs.length === 0)) {
    throw Refusal.toBuild(
      controller,
      `${noSubnet} Evaluated ${length} subnets: 0 are tagged for other clusters, 0 have insufficient ` +
        `available IP addresses, and ${length} don't have an associated IPv6 CIDR block, which is required for dualstack load balancers`,
    );
  }
  const groups = namedGroups(service) ?? [];
  if (controller !== 'ccm' && !isWithoutGroups(service)) {
    const found = groups.filter((each) => groupNamed(world, each));
    if (found.length < groups.length) {
      throw Refusal.toBuild(
        controller,
        `couldn't find all security groups: requested names [${groups.join(' ')}] but found [${found.join(' ')}]`,
      );
    }
  }
  const { ports, allocateLoadBalancerNodePorts } = service.spec;
  const lacksNodePort = ports.some(({ nodePort }: ServicePort) => nodePort === undefined);
  if (targetTypeOf(service) === 'instance' && lacksNodePort && allocateLoadBalancerNodePorts === false) {
    throw Refusal.toBuild(controller, 'unable to support instance target type with an unallocated NodePort');
  }
  if (controller !== 'ccm' && hasIpv6(service) && !isDualStack(service))
    throw Refusal.toBuild(controller, 'unsupported IPv6 configuration, lb not dual-stack');
  const unreadable = controller === 'ccm' ? refusedByCloudProvider(annotations) : refusedByAnnotation(service);
  if (unreadable !== undefined) throw Refusal.toBuild(controller, unreadable);
}

/** cloud-provider-aws knows two attributes of target groups and stops at any other (since 1.36, measured with 1.36.2). */
function refusedByCloudProvider(annotations: Record<string, string>): string | undefined {
  const known = ['proxy_protocol_v2.enabled', 'preserve_client_ip.enabled'];
  const other = listOf(annotations[`${prefix}target-group-attributes`])
    .map((pair) => pair.split('=')[0] ?? '')
    .find((key) => !known.includes(key));
  return other === undefined
    ? undefined
    : `error validating target group attributes: the attribute "${other}" is not supported by the controller or is invalid`;
}

/**
 * True for a Service that has a Network Load Balancer, and no annotation any more by which a controller would make one: it falls to
 * cloud-provider-aws, whose default are Classic Load Balancers (cloud-provider-aws pkg/providers/v1/aws_validations.go).
 */
export const isTypeLost = ({ metadata, spec, status }: Service): boolean =>
  spec.type === 'LoadBalancer' &&
  spec.loadBalancerClass === undefined &&
  metadata.annotations[`${prefix}type`] === undefined &&
  (status.loadBalancer?.ingress ?? []).some(({ hostname = '' }) => /\.elb\.[a-z0-9-]+\.amazonaws\.com$/.test(hostname));

/** What cloud-provider-aws says of it, again and again; nothing changes in AWS. */
export const lostType = Refusal.toBuild(
  'ccm',
  `cannot update Load Balancer Type annotation "${prefix}type" after creation for Classic Load Balancer`,
);

const listOf = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
