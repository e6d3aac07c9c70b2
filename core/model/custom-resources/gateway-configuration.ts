import type { HealthCheck } from '../aws.ts';
import type { ObjectMeta } from '../kubernetes.ts';

/** The part of a target group's properties that is kept; a property that is absent is not set. */
export interface TargetGroupProps {
  /** As a block: a block of higher rank replaces it as a whole. */
  healthCheck?: Partial<HealthCheck>;
}

/** What a TargetGroupConfiguration says of the routes that it names; without a namespace or name of all. */
export interface RouteConfiguration {
  kind: string;
  namespace?: string;
  name?: string;
  props: TargetGroupProps;
}

/** LBC:apis/gateway/v1/targetgroupconfig_types.go. */
export interface TargetGroupConfiguration {
  kind: 'TargetGroupConfiguration';
  /** In which it was read, for example `gateway.k8s.aws/v1`. */
  apiVersion?: string;
  metadata: ObjectMeta;
  spec: {
    /** The Service that it is about; absent where only a LoadBalancerConfiguration refers to it. */
    target?: { kind: string; name: string };
    defaults: TargetGroupProps;
    routes: RouteConfiguration[];
  };
}

/** LBC:apis/gateway/v1/loadbalancerconfig_types.go. */
export interface LoadBalancerConfiguration {
  kind: 'LoadBalancerConfiguration';
  /** As that of a TargetGroupConfiguration. */
  apiVersion?: string;
  metadata: ObjectMeta;
  /** `defaults` names a TargetGroupConfiguration in the same namespace. */
  spec: { defaults?: { name: string }; mergingMode?: string };
}

/** What refers to a LoadBalancerConfiguration; of a Gateway it is in the Gateway's own namespace. */
export interface Gateway {
  kind: 'Gateway';
  metadata: ObjectMeta;
  spec: { className: string; configuration?: { name: string } };
}

/** The same for all Gateways of a class. */
export interface GatewayClass {
  kind: 'GatewayClass';
  metadata: ObjectMeta;
  spec: { configuration?: { name: string; namespace?: string } };
}

/** Objects of the Gateway API by which the AWS Load Balancer Controller settles what a target group is like. */
export type GatewayConfiguration = TargetGroupConfiguration | LoadBalancerConfiguration | Gateway | GatewayClass;
