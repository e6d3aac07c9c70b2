import type { Cluster, LoadBalancer, Target, TargetGroup } from '../model/aws.ts';
import { derived, inOrder, under } from '../model/indexed.ts';
import type { EndpointSlice, Node, Service, TargetGroupBinding, Workload } from '../model/kubernetes.ts';
import type { Owner } from '../model/owner.ts';
import { controllerOf } from './controller.ts';
import { ownersByTargets } from './owner-by-targets.ts';
import { bindingsOf } from './reconcile-errors.ts';
import { backendOfTags, readTags } from './tags.ts';

/**
 * Owners that the tags of target groups name, else the tags of their load balancer (old cloud provider versions tag
 * only that one).
 */
export function ownersByTags(targetGroups: TargetGroup[], loadBalancers: LoadBalancer[]): Owner[] {
  const balancers = byArn(loadBalancers);
  return targetGroups.flatMap((targetGroup) => {
    const balancer = balancers.get(targetGroup.loadBalancerArns[0] ?? '');
    const tagged = readTags(targetGroup.tags) ?? readTags(balancer?.tags ?? {});
    return tagged ? [{ targetGroupArn: targetGroup.arn, ...tagged, by: 'tags' }] : [];
  });
}

/** What Kubernetes says about target groups of one cluster. */
export interface KubernetesClaims {
  cluster: Cluster;
  /** Only those of the cluster's VPC are looked at for host names and load balancer names. */
  targetGroups: TargetGroup[];
  loadBalancers: LoadBalancer[];
  services: Service[];
  targetGroupBindings: TargetGroupBinding[];
  targetHealth: Target[];
  nodes: Node[];
  endpointSlices: EndpointSlice[];
  /** Which classes of load balancer the controllers of the cluster take stands in their arguments. */
  workloads: Workload[];
}

/**
 * Owners that one cluster claims: by the ARN or name in a TargetGroupBinding, by tags that name the Service behind a route
 * of the Gateway API, by the load balancer's host name in the status of a Service, by the load balancer name that
 * cloud-provider-aws makes from the UID of a Service, and by what is registered.
 */
export function ownersByKubernetes(claims: KubernetesClaims): Owner[] {
  const balancers = derived(claims.loadBalancers, [ownersByKubernetes], () => byArn(claims.loadBalancers));
  const claimed = claimable(claims).flatMap((targetGroup) => {
    const bound = ownerByBinding(targetGroup, claims) ?? ownerByRoute(targetGroup, claims);
    if (bound) return [bound];
    const balancer = balancers.get(targetGroup.loadBalancerArns[0] ?? '');
    const serving = balancer && ownerByService(targetGroup, balancer, claims);
    return serving ? [serving] : [];
  });
  const known = new Set(claimed.map(({ targetGroupArn }) => targetGroupArn));
  return [...claimed, ...ownersByTargets(claims).filter(({ targetGroupArn }) => !known.has(targetGroupArn))];
}

const trust: Owner['by'][] = [
  'target-group-binding',
  'tags',
  'host-name',
  'load-balancer-name',
  'node-port',
  'endpoints',
];

const byArn = (loadBalancers: LoadBalancer[]) => new Map(loadBalancers.map((balancer) => [balancer.arn, balancer]));

/** The target groups that something of the cluster may name: of an account with many clusters a few. */
function claimable({
  cluster,
  targetGroups,
  loadBalancers,
  services,
  targetGroupBindings,
}: KubernetesClaims): TargetGroup[] {
  const bound = targetGroupBindings.flatMap(({ spec }) => [
    under(targetGroups, arnOf, spec.targetGroupARN),
    under(targetGroups, nameOf, spec.targetGroupName),
  ]);
  const served = services.flatMap((service) => [
    ...hostNamesOf(service).map((hostName) => under(loadBalancers, hostNameOf, hostName)),
    under(loadBalancers, nameOf, cloudProviderName(service.metadata.uid)),
  ]);
  const behind = served.flat().map(({ arn }) => under(targetGroups, balancerOf, arn));
  return inOrder(targetGroups, [...bound, under(targetGroups, clusterOf, cluster.name), ...behind]);
}

const arnOf = ({ arn }: TargetGroup) => [arn];
const nameOf = ({ name }: TargetGroup | LoadBalancer) => [name];
const balancerOf = ({ loadBalancerArns }: TargetGroup) => loadBalancerArns.slice(0, 1);
const clusterOf = ({ tags }: TargetGroup) => [readTags(tags)?.cluster];
const hostNameOf = ({ dnsName }: LoadBalancer) => [dnsName.toLowerCase()];
const hostNamesOf = ({ status }: Service) =>
  status.loadBalancer.flatMap(({ hostname }) => hostname?.toLowerCase() ?? []);

/** One owner for each target group: the most trusted, and among equals the first given. */
export function mostTrusted(owners: Owner[]): Owner[] {
  const best = new Map<string, Owner>();
  for (const owner of owners.toSorted((a, b) => trust.indexOf(a.by) - trust.indexOf(b.by))) {
    if (!best.has(owner.targetGroupArn)) best.set(owner.targetGroupArn, owner);
  }
  return [...best.values()];
}

function ownerByBinding(targetGroup: TargetGroup, claims: KubernetesClaims): Owner | undefined {
  const [binding] = bindingsOf({ targetGroup }, claims.targetGroupBindings);
  if (binding === undefined) return undefined;
  return {
    targetGroupArn: targetGroup.arn,
    cluster: claims.cluster.name,
    namespace: binding.metadata.namespace ?? 'default',
    service: binding.spec.serviceRef.name,
    servicePort: String(binding.spec.serviceRef.port),
    controller: readTags(targetGroup.tags)?.controller ?? servedBy(binding),
    by: 'target-group-binding',
  };
}

const servedBy = ({ group }: TargetGroupBinding): Owner['controller'] =>
  group === 'eks.amazonaws.com' ? 'eks-auto-mode' : 'aws-load-balancer-controller';

function ownerByRoute({ arn, tags }: TargetGroup, { cluster, services }: KubernetesClaims): Owner | undefined {
  const tagged = readTags(tags);
  const backend = backendOfTags(tags);
  if (tagged?.cluster !== cluster.name || backend === undefined) return undefined;
  // Both parts may have hyphens, so that the end of the word is all that can be compared.
  const ends = [...backend.service.matchAll(/Route-/g)].map(({ index }) => backend.service.slice(index));
  const [service] = inOrder(
    services,
    ends.map((end) => under(services, routeEndOf, end)),
  );
  if (service === undefined) return undefined;
  const port = service.spec.ports.find(({ targetPort }) => String(targetPort) === backend.targetPort);
  return {
    ...tagged,
    targetGroupArn: arn,
    namespace: service.metadata.namespace ?? 'default',
    service: service.metadata.name,
    ...(port && { servicePort: String(port.port) }),
    by: 'tags',
  };
}

function ownerByService(
  targetGroup: TargetGroup,
  balancer: LoadBalancer,
  { cluster, services, workloads }: KubernetesClaims,
): Owner | undefined {
  if (balancer.vpcId !== cluster.vpcId) return undefined;
  const [named] = under(services, hostNamesOf, balancer.dnsName.toLowerCase());
  const service = named ?? under(services, cloudProviderNameOf, balancer.name)[0];
  if (service === undefined) return undefined;
  const port = service.spec.ports.find(({ nodePort }) => nodePort === targetGroup.port);
  return {
    targetGroupArn: targetGroup.arn,
    cluster: cluster.name,
    namespace: service.metadata.namespace ?? 'default',
    service: service.metadata.name,
    ...(port && { servicePort: String(port.port) }),
    controller: controllerOf(service, workloads),
    by: named ? 'host-name' : 'load-balancer-name',
  };
}

/** cloud-provider-go `DefaultLoadBalancerName`: `a` and the UID without dashes, 32 characters in all. */
const cloudProviderName = (uid: string): string => `a${uid.replaceAll('-', '')}`.slice(0, 32);

const cloudProviderNameOf = ({ metadata }: Service) => [cloudProviderName(metadata.uid)];
const routeEndOf = ({ metadata }: Service) => [`Route-${metadata.namespace}-${metadata.name}`];
