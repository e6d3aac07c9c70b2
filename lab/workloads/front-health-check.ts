import type { Ingress } from '../world/kubernetes-object.ts';
import type { World } from '../world/world.ts';

const prefix = 'alb.ingress.kubernetes.io/frontend-nlb-healthcheck-';

/**
 * Sets the health check of the Network Load Balancer in front of an Ingress as its annotations say: path and success codes (aws-load-balancer-controller
 * docs/guide/ingress/annotations.md, "frontend-nlb-healthcheck-path").
 */
export function setFrontHealthCheck(world: World, { metadata }: Ingress): void {
  const path = metadata.annotations[`${prefix}path`];
  const successCodes = metadata.annotations[`${prefix}success-codes`];
  const stack = `${metadata.namespace}/${metadata.name}`;
  for (const { targetType, tags, healthCheck } of world.targetGroups) {
    if (targetType !== 'alb' || tags['ingress.k8s.aws/stack'] !== stack) continue;
    Object.assign(healthCheck, path !== undefined && { path }, successCodes !== undefined && { successCodes });
  }
}
