import type { LoadBalancer, TargetGroup } from '../../../core/model/aws.ts';
import type { World } from '../../world/world.ts';
import { listOf } from '../aws/parameters.ts';
import type { Action } from '../aws/service.ts';
import { ServiceError } from '../aws/service-error.ts';
import { upTo20 } from './elb-page.ts';
import { findLoadBalancer, keyValues } from './load-balancers.ts';
import { findTargetGroup } from './target-groups.ts';

/** DescribeTags of load balancers, target groups and listeners. */
export const describeTags: Action = (parameters, world) => ({
  TagDescriptions: upTo20(listOf(parameters, 'ResourceArns'), 'ResourceArns').map((arn) => ({
    ResourceArn: arn,
    Tags: keyValues(tagsOf(arn, world)),
  })),
});

/** The target group or load balancer of this ARN; throws where there is none. */
export const taggedThing = (arn: string, world: World): TargetGroup | LoadBalancer =>
  arn.includes(':targetgroup/') ? findTargetGroup(arn, world) : findLoadBalancer(arn, world);

function tagsOf(arn: string, world: World): Record<string, string> {
  if (/:(targetgroup|loadbalancer)\//.test(arn)) return taggedThing(arn, world).tags;
  if (world.listeners.some((listener) => listener.arn === arn)) return {};
  throw new ServiceError('ListenerNotFound', `Listeners '[${arn}]' not found`);
}
