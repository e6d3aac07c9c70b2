import type { Check, Stage } from '../../../diagnosis/check.ts';

/** A link of the drawing; `way` is the network between the load balancer and its targets. */
export type Link = 'load-balancer' | 'listener' | 'target-group' | 'service' | 'pods' | 'nodes' | 'way';

const linkOfStage: Record<Stage, Link> = {
  owner: 'service',
  registration: 'target-group',
  configuration: 'target-group',
  workload: 'pods',
  'traffic-policy': 'service',
  node: 'nodes',
  network: 'way',
  answer: 'pods',
};

/** Causes that sit in another link than their stage says. */
const exceptions: Record<string, Link> = {
  'cni-nodeport-support-disabled': 'nodes',
  'conntrack-or-ena-allowance-exhausted': 'nodes',
  'elb-internal-error': 'load-balancer',
  'host-firewall-or-kernel-setting': 'nodes',
  'instance-not-running': 'nodes',
  'kube-proxy-node-name-mismatch': 'nodes',
  'lb-az-not-enabled-for-target': 'load-balancer',
  'lb-subnet-or-eni-broken': 'load-balancer',
  'load-balancer-not-active': 'load-balancer',
  'nlb-sg-egress-blocks-health-check': 'load-balancer',
  'node-being-removed': 'nodes',
  'node-excluded-by-label': 'nodes',
  'node-multi-eni-asymmetric-path': 'nodes',
  'nodeport-not-allocated': 'service',
  'overlay-cni-with-ip-targets': 'pods',
  'subnet-discovery-failed': 'load-balancer',
  'svc-selector-matches-no-pods': 'service',
  'target-group-not-attached': 'listener',
  'zonal-shift-active': 'load-balancer',
};

/** Which link of the drawing a cause breaks. What is wrong with a health check is a setting of the target group. */
export const brokenLink = ({ id, stage }: Pick<Check, 'id' | 'stage'>): Link =>
  exceptions[id] ?? (id.startsWith('hc-') ? 'target-group' : linkOfStage[stage]);
