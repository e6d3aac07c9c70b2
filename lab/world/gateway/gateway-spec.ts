/** `spec` of a custom resource of `gateway.k8s.aws/v1` (aws-load-balancer-controller apis/gateway/v1/targetgroupconfig_types.go), as far as the lab carries it out. */
export interface TargetGroupConfigurationSpec {
  targetReference?: { kind?: string; name: string };
  defaultConfiguration?: TargetGroupProps;
  routeConfigurations?: {
    routeIdentifier: { kind?: string; namespace?: string; name?: string };
    targetGroupProps: TargetGroupProps;
  }[];
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

/** The same of its neighbour, loadbalancerconfig_types.go. */
export interface LoadBalancerConfigurationSpec {
  mergingMode?: string;
  defaultTargetGroupConfiguration?: { name: string };
}

interface ParametersReference {
  group: string;
  kind: string;
  name: string;
}

/** `spec` of kinds of the Gateway API itself, as far as they matter. */
export interface GatewaySpec {
  gatewayClassName: string;
  listeners: { name: string; protocol: string; port: number }[];
  infrastructure?: { parametersRef: ParametersReference };
}

export interface GatewayClassSpec {
  controllerName: string;
  parametersRef?: ParametersReference & { namespace: string };
}

export interface TcpRouteSpec {
  parentRefs: { name: string }[];
  rules: { backendRefs: { name: string; port: number }[] }[];
}
