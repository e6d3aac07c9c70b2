import type { ServicePort } from '../../core/model/kubernetes.ts';
import type { Service } from '../world/kubernetes-object.ts';
import type { World } from '../world/world.ts';
import { type ControllerName, targetTypeOf } from './controller-of.ts';
import { Refusal } from './refusal.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';

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
  for (const subnet of listOf(annotations[`${prefix}subnets`])) {
    if (world.subnets.some(({ id, tags }) => id === subnet || tags['Name'] === subnet)) continue;
    const what = subnet.startsWith('subnet-') ? 'subnet ID not found' : 'subnet with Name tag not found';
    throw Refusal.toBuild(controller, `${what}: ${subnet}`);
  }
  const { ports, allocateLoadBalancerNodePorts } = service.spec;
  const lacksNodePort = ports.some(({ nodePort }: ServicePort) => nodePort === undefined);
  if (targetTypeOf(service) === 'instance' && lacksNodePort && allocateLoadBalancerNodePorts === false) {
    throw Refusal.toBuild(controller, 'unable to support instance target type with an unallocated NodePort');
  }
  const pairs = annotations[`${prefix}target-group-attributes`];
  if (listOf(pairs).some((pair) => !pair.includes('='))) {
    throw Refusal.toBuild(
      controller,
      `failed to parse stringMap annotation, ${prefix}target-group-attributes: ${pairs}`,
    );
  }
}

const listOf = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
