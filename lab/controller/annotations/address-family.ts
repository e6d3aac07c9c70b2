import type { LoadBalancer, TargetGroup } from '../../../core/model/aws.ts';
import type { Service } from '../../world/kubernetes-object.ts';
import { controllerOf } from '../controller-of.ts';

/** True where the Service asks for a load balancer for IPv4 and IPv6; cloud-provider-aws does not know the annotation. */
export const isDualStack = (service: Service): boolean =>
  controllerOf(service) !== 'ccm' &&
  service.metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-ip-address-type'] === 'dualstack';

/** Of its load balancer. */
export const balancerAddressType = (service: Service): LoadBalancer['ipAddressType'] =>
  isDualStack(service) ? 'dualstack' : 'ipv4';

/**
 * Of its target groups: those of a Service that has IPv6 at all are for IPv6 (aws-load-balancer-controller
 * pkg/service/model_build_target_group.go, buildTargetGroupIPAddressType).
 */
export const targetAddressType = (service: Service): TargetGroup['ipAddressType'] =>
  controllerOf(service) !== 'ccm' && hasIpv6(service) ? 'ipv6' : 'ipv4';

export const hasIpv6 = ({ spec }: Service): boolean => spec.ipFamilies?.includes('IPv6') ?? false;
