import type { TargetType } from '../../core/model/aws.ts';
import type { Service } from '../world/kubernetes-object.ts';

/** `lbc` = AWS Load Balancer Controller, `ccm` = cloud-provider-aws, `auto` = the one that EKS Auto Mode runs. */
export type ControllerName = 'lbc' | 'ccm' | 'auto';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';

/**
 * The controller that owns a Service, `undefined` for none. By its annotations the AWS Load Balancer Controller takes Services
 * of any type (aws-load-balancer-controller pkg/service/service_utils.go).
 */
export function controllerOf({ metadata, spec }: Service): ControllerName | undefined {
  if (spec.type === 'LoadBalancer' && spec.loadBalancerClass !== undefined) {
    if (spec.loadBalancerClass === 'eks.amazonaws.com/nlb') return 'auto';
    return spec.loadBalancerClass === 'service.k8s.aws/nlb' ? 'lbc' : undefined;
  }
  const type = metadata.annotations[`${prefix}type`];
  if (type === 'nlb') return spec.type === 'LoadBalancer' ? 'ccm' : undefined;
  const targetType = metadata.annotations[`${prefix}nlb-target-type`];
  if (type === 'nlb-ip' || (type === 'external' && (targetType === 'ip' || targetType === 'instance'))) return 'lbc';
  return undefined;
}

/**
 * What the controller registers: cloud-provider-aws knows instances only, and EKS Auto Mode takes pods unless told
 * otherwise (amazon-eks-user-guide automode/auto-networking.adoc).
 */
export function targetTypeOf(service: Service): TargetType {
  if (controllerOf(service) === 'ccm') return 'instance';
  const { annotations } = service.metadata;
  const setting = annotations[`${prefix}nlb-target-type`] ?? (controllerOf(service) === 'auto' ? 'ip' : undefined);
  const byType = annotations[`${prefix}type`] === 'nlb-ip';
  return byType || setting === 'ip' ? 'ip' : 'instance';
}
