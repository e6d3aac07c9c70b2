/** The controller that made and maintains a target group. */
export type Controller =
  | 'aws-load-balancer-controller'
  | 'aws-load-balancer-controller-gateway'
  | 'cloud-provider-aws'
  | 'eks-auto-mode'
  | 'none';

/** Which cluster and Service a target group serves, and how that is known, strongest first. */
export interface Owner {
  targetGroupArn: string;
  cluster: string;
  namespace: string;
  service: string;
  /** Port name or number of the Service, where the binding or tag says it. */
  servicePort?: string;
  controller: Controller;
  by: 'target-group-binding' | 'tags' | 'host-name' | 'load-balancer-name' | 'node-port' | 'endpoints';
}

/** True for a target group that somebody fills without any controller: its Service is known by what is registered alone. */
export const isUnmanaged = (owner: Owner | undefined): boolean =>
  owner?.by === 'node-port' || owner?.by === 'endpoints';
