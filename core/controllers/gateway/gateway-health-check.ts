import { isLocal } from '../../kubernetes/service.ts';
import type { HealthCheck } from '../../model/aws.ts';
import type { GatewayConfiguration } from '../../model/custom-resources/gateway-configuration.ts';
import type { Service } from '../../model/kubernetes.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { type Decider, deciderOf } from './decider.ts';

/** The health check that the AWS Load Balancer Controller sends for a route of the Gateway API, and what decides on it. */
export interface GatewayHealthCheck {
  healthCheck: Partial<HealthCheck>;
  decider: Decider | undefined;
}

/**
 * A field that the deciding block leaves out has the controller's default, not that of another block; a port that cannot be told is
 * left out (LBC:pkg/gateway/model/model_build_target_group.go, routeutils/backend_service.go GetHealthCheckPort).
 */
export function gatewayHealthCheck(
  group: TargetGroupContext,
  service: Service,
  configurations: GatewayConfiguration[],
): GatewayHealthCheck {
  const decider = deciderOf(group, configurations);
  const block = decider && (decider.route?.props ?? decider.configuration.spec.defaults).healthCheck;
  const local = isLocal(group, service);
  const defaults = local
    ? { protocol: 'HTTP' as const, intervalSeconds: 10, timeoutSeconds: 6, healthyThreshold: 2, unhealthyThreshold: 2 }
    : { protocol: 'TCP' as const, intervalSeconds: 15, timeoutSeconds: 5, healthyThreshold: 3, unhealthyThreshold: 3 };
  const port = portOf(block?.port, group, service);
  const { port: _, ...rest } = block ?? {};
  return {
    healthCheck: {
      path: local ? '/healthz' : '/',
      successCodes: '200-399',
      ...defaults,
      ...rest,
      ...(port !== undefined && { port }),
    },
    decider,
  };
}

/** A name means the NodePort of the port of the Service with that name, or behind ip targets its target port where that is a number. */
function portOf(given: string | undefined, group: TargetGroupContext, service: Service): string | undefined {
  if (given === undefined) {
    if (!isLocal(group, service)) return 'traffic-port';
    return service.spec.healthCheckNodePort === undefined ? undefined : String(service.spec.healthCheckNodePort);
  }
  if (given === 'traffic-port') return given;
  if (/^\d+$/.test(given)) return String(Number(given));
  const named = service.spec.ports.find(({ name }) => name === given);
  const number = group.targetGroup.targetType === 'instance' ? named?.nodePort : named?.targetPort;
  return typeof number === 'number' ? String(number) : undefined;
}

/** `TargetGroupConfiguration shop/web`, with the kind of route where its block is for routes. */
export const formatDecider = ({ configuration: { metadata }, route }: Decider): string =>
  `TargetGroupConfiguration ${metadata.namespace}/${metadata.name}${route === undefined ? '' : `, block for ${formatRoute(route)}`}`;

const formatRoute = ({ kind, namespace, name }: NonNullable<Decider['route']>): string =>
  [kind, [namespace, name].filter((each) => each !== undefined).join('/')].filter((each) => each !== '').join(' ');
