import type { LoadBalancer, Subnet } from '../model/aws.ts';

/**
 * `--subnets` for a load balancer, as JSON: what it has, and for each of `zones` another subnet that is tagged for load
 * balancers of its scheme; `<subnet of …>` where there is none.
 */
export function subnetsWith(loadBalancer: LoadBalancer, zones: string[], subnets: Subnet[]): string {
  const role = `kubernetes.io/role/${loadBalancer.scheme === 'internal' ? 'internal-elb' : 'elb'}`;
  const kept = loadBalancer.zones.filter(({ name }) => !zones.includes(name)).map(({ subnetId }) => subnetId);
  const used = loadBalancer.zones.map(({ subnetId }) => subnetId);
  const added = zones.map((zone) => {
    const fit = subnets.find(
      (subnet) => subnet.zone === zone && subnet.tags[role] !== undefined && !used.includes(subnet.id),
    );
    return fit?.id ?? `<subnet of ${zone}>`;
  });
  return JSON.stringify([...kept, ...added]);
}
