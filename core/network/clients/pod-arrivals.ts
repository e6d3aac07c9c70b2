import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { type PodArrival, podArrivalsOf } from '../pod-path.ts';
import { preservesClients } from './client-address.ts';

/** A client's connection as it arrives at a pod behind a healthy target. */
export interface ClientArrival extends Omit<PodArrival, 'sources'> {
  /** Addresses of the load balancer or of the node; `undefined` = those of clients, which may be any. */
  sources: string[] | undefined;
  /** Addresses of the load balancer or of the node; clients that come by PrivateLink have those of the load balancer in any case. */
  forwarders: string[];
  /** True where the node that forwards puts its own address in place of the sender's. */
  isFromNode: boolean;
}

/**
 * Which pods the clients of healthy targets end in, at which port, and with which addresses: their own where they are preserved
 * or that is not known, as far as no node puts its own in their place (externalTrafficPolicy Cluster).
 */
export function clientArrivalsOf(
  group: TargetGroupContext,
  cluster: Parameters<typeof podArrivalsOf>[1],
  protocol: 'TCP' | 'UDP',
): ClientArrival[] {
  const { targetGroup } = group;
  const healthy = group.targets.filter(({ state }) => state === 'healthy');
  const targets = healthy.map((target) => ({ ...target, healthCheckPort: target.port }));
  const nodes = new Set(cluster.nodes.flatMap(({ status }) => status.addresses.map(({ address }) => address)));
  return podArrivalsOf(group, cluster, { targets, protocol }).map(({ target, sources, ...arrival }) => {
    const isFromNode = sources.some((address) => nodes.has(address));
    const own = healthy.find(({ id, port }) => id === target.id && port === target.port) ?? target;
    const isKnown = isFromNode || preservesClients(targetGroup) === false;
    return { ...arrival, target: own, isFromNode, forwarders: sources, sources: isKnown ? sources : undefined };
  });
}
