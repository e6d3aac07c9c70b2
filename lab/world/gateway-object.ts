import type { Metadata, NamespacedMetadata } from './kubernetes-object.ts';

/** Custom resource `gateway.k8s.aws/v1` (aws-load-balancer-controller apis/gateway/v1/targetgroupconfig_types.go), as far as the lab carries it out. */
export interface TargetGroupConfiguration {
  apiVersion: string;
  kind: 'TargetGroupConfiguration';
  metadata: NamespacedMetadata;
  spec: {
    targetReference?: { kind?: string; name: string };
    defaultConfiguration?: TargetGroupProps;
    routeConfigurations?: {
      routeIdentifier: { kind?: string; namespace?: string; name?: string };
      targetGroupProps: TargetGroupProps;
    }[];
  };
}

export interface TargetGroupProps {
  healthCheckConfig?: {
    healthyThresholdCount?: number;
    healthCheckInterval?: number;
    healthCheckPath?: string;
    healthCheckPort?: string;
    healthCheckProtocol?: 'HTTP' | 'HTTPS' | 'TCP';
    healthCheckTimeout?: number;
    unhealthyThresholdCount?: number;
    matcher?: { httpCode?: string };
  };
}

/** The same file's neighbour, loadbalancerconfig_types.go. */
export interface LoadBalancerConfiguration {
  apiVersion: string;
  kind: 'LoadBalancerConfiguration';
  metadata: NamespacedMetadata;
  spec: { mergingMode?: string; defaultTargetGroupConfiguration?: { name: string } };
}

interface ParametersReference {
  group: string;
  kind: string;
  name: string;
}

export interface Gateway {
  apiVersion: string;
  kind: 'Gateway';
  metadata: NamespacedMetadata;
  spec: {
    gatewayClassName: string;
    listeners: { name: string; protocol: string; port: number }[];
    infrastructure?: { parametersRef: ParametersReference };
  };
}

export interface GatewayClass {
  apiVersion: string;
  kind: 'GatewayClass';
  metadata: Metadata;
  spec: { controllerName: string; parametersRef?: ParametersReference & { namespace: string } };
}

export interface TcpRoute {
  apiVersion: string;
  kind: 'TCPRoute';
  metadata: NamespacedMetadata;
  spec: {
    parentRefs: { name: string }[];
    rules: { backendRefs: { name: string; port: number }[] }[];
  };
}
