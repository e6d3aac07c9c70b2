import { serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import type { LoadBalancer } from '../../model/aws.ts';
import type { ServicePort } from '../../model/kubernetes.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { type ListenersAround, listenersAt, namedBalancer, servedInstead } from '../listeners/port-listeners.ts';
import { arePortsPending } from '../pending.ts';
import { readTags } from '../tags.ts';

/** A listener that should be there: clients of the Service come to this load balancer by this port. */
export interface OwedListener {
  loadBalancer: LoadBalancer;
  port: ServicePort;
}

/**
 * The listener that a target group without any should have: its controller made it for a port of a Service whose status names a load
 * balancer, and no listener of that has the number of the port and leads to it. Undefined where no client is sent to the group: it was made by hand, an earlier
 * one was replaced by it, or the Service goes, has just come, or was written since the listeners were read, or just before.
 */
export function owedListener(
  group: TargetGroupContext,
  { loadBalancers, ...around }: ListenersAround & { loadBalancers: LoadBalancer[] },
): OwedListener | undefined {
  const service = serviceOf(group, around.services);
  const made = readTags(group.targetGroup.tags);
  if (group.listeners.length > 0 || service?.spec.type !== 'LoadBalancer' || made === undefined) return undefined;
  const { metadata } = service;
  if (made.controller === 'aws-load-balancer-controller-gateway' || metadata.deletionTimestamp !== undefined)
    return undefined;
  const loadBalancer = namedBalancer(service, group, loadBalancers);
  const port = servicePortOf(group, service);
  if (loadBalancer === undefined || port === undefined) return undefined;
  if (arePortsPending(service, loadBalancer.listenersAt ?? group.takenAt)) return undefined;
  const taking = listenersAt(loadBalancer, around.listeners).find((each) => each.port === port.port);
  const own = { service, port, cluster: group.cluster?.name };
  const isTaken = taking !== undefined && servedInstead(taking, own, around).length === 0;
  return isTaken ? undefined : { loadBalancer, port };
}
