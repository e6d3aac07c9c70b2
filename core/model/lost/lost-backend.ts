import type { Controller } from '../owner.ts';

/**
 * What Kubernetes names as a part of the load balancer of a Service, and Elastic Load Balancing does not have: the load balancer
 * by which its clients come, or the target group of one of its ports, or of all.
 */
export interface LostBackend {
  namespace: string;
  service: string;
  lacks: 'load-balancer' | 'target-group';
  /** The name in the status of the Service, to which clients connect; absent where the status names none. */
  hostName?: string;
  /** By the host name, which holds the name and the id of a Network Load Balancer. */
  loadBalancerArn?: string;
  /**
   * Only where the status names none: what shows that a controller works for the Service. `binding` = one that it wrote names a target group that does
   * not exist; `event` = it reported success; `finalizer` = it took the Service up, and may never have made anything.
   */
  by?: 'binding' | 'event' | 'finalizer';
  /** Only where a TargetGroupBinding names it. */
  targetGroupArn?: string;
  /** Number or name of the port that it was for, where a TargetGroupBinding names one. */
  servicePort?: string;
  controller: Controller;
}
