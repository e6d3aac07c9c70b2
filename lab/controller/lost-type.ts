import type { Service } from '../world/kubernetes-object.ts';
import { Refusal } from './refusal.ts';

const annotation = 'service.beta.kubernetes.io/aws-load-balancer-type';

/**
 * True for a Service that has a Network Load Balancer, and no annotation any more by which a controller would make one: it falls to
 * cloud-provider-aws, whose default are Classic Load Balancers (cloud-provider-aws pkg/providers/v1/aws_validations.go).
 */
export const isTypeLost = ({ metadata, spec, status }: Service): boolean =>
  spec.type === 'LoadBalancer' &&
  spec.loadBalancerClass === undefined &&
  metadata.annotations[annotation] === undefined &&
  (status.loadBalancer?.ingress ?? []).some(({ hostname = '' }) => /\.elb\.[a-z0-9-]+\.amazonaws\.com$/.test(hostname));

/** What cloud-provider-aws says of it, again and again; nothing changes in AWS. */
export const lostType = Refusal.toBuild(
  'ccm',
  `cannot update Load Balancer Type annotation "${annotation}" after creation for Classic Load Balancer`,
);
