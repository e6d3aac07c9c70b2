import type { Inventory } from '../../model/inventory.ts';
import type { Service, TargetGroupBinding, Workload } from '../../model/kubernetes.ts';
import type { LostBackend } from '../../model/lost/lost-backend.ts';
import type { Owner } from '../../model/owner.ts';
import { controllerOf } from '../controller.ts';
import { isPending } from '../pending.ts';
import { isHandMade } from '../reconcile-errors.ts';

interface Cluster {
  services: Service[];
  targetGroupBindings: TargetGroupBinding[];
  workloads: Workload[];
}

/** Which Service has which target group, and whether that is known of each. */
interface Ownership {
  owners: Owner[];
  isWhole: boolean;
}

type Account = Pick<Inventory, 'account' | 'region' | 'partition' | 'takenAt' | 'existing'>;

/**
 * What Services of type LoadBalancer name and the account does not have: the Network Load Balancer in their status, the target group in
 * the binding that their controller wrote, or any target group at all. Controllers do not look for what was deleted behind their back
 * (aws-load-balancer-controller#2800, kubernetes#86907), so that it stays away. Empty where a list of the account was refused. Clusters are
 * read after the account, on many functions a quarter of an hour: what a controller wrote since, or just before, is no proof.
 */
export function lostBackendsOf(
  { services, targetGroupBindings, workloads }: Cluster,
  { owners, isWhole }: Ownership,
  account: Account,
): LostBackend[] {
  const { existing, takenAt } = account;
  if (existing === undefined) return [];
  const [balancers, targetGroups] = [new Set(existing.loadBalancers), new Set(existing.targetGroups)];
  return services.flatMap((service): LostBackend[] => {
    const hostNames = networkHostNamesOf(service, account.region);
    const [hostName] = hostNames;
    if (hostName === undefined || !isSettled(service, takenAt)) return [];
    const { namespace = 'default', name } = service.metadata;
    const own = owners.filter((owner) => owner.namespace === namespace && owner.service === name);
    const isServed = (port: string): boolean => own.some(({ servicePort }) => servicePort === port);
    const controller = controllerOf(service, workloads);
    const isThere = hostNames.some((each) => balancers.has(each));
    const lost: LostBackend = {
      namespace,
      service: name,
      lacks: isThere ? 'target-group' : 'load-balancer',
      hostName,
      loadBalancerArn: arnOf(hostName, account),
      controller,
    };
    const bound = targetGroupBindings
      .filter(({ metadata, spec }) => metadata.namespace === namespace && spec.serviceRef.name === name)
      .filter((binding) => !isHandMade(binding) && !isServed(String(binding.spec.serviceRef.port)))
      .filter(({ metadata }) => !isPending(metadata.creationTimestamp, takenAt))
      .flatMap(({ spec: { targetGroupARN, serviceRef } }) =>
        targetGroupARN === undefined || !isHere(targetGroupARN, account) || targetGroups.has(targetGroupARN)
          ? []
          : [{ ...lost, targetGroupArn: targetGroupARN, servicePort: String(serviceRef.port) }],
      );
    if (!isThere && own.length > 0) return [lost, ...bound];
    if (bound.length > 0) return bound;
    const isEmptyHanded = own.length === 0 && isWhole && controller !== 'none';
    return !isThere || isEmptyHanded ? [lost] : [];
  });
}

/** The host names of Network Load Balancers of the Region to which the status sends clients, whatever else it names. */
function networkHostNamesOf({ spec, status }: Service, region: string): string[] {
  if (spec.type !== 'LoadBalancer') return [];
  const names = status.loadBalancer.map(({ hostname = '' }) => hostname.toLowerCase());
  return names.filter((each) => nameIn(each, region) !== undefined);
}

/** `<name>-<id>.elb.<region>.amazonaws.com`, with an id of 16 hexadecimal digits; those of other load balancers are made otherwise. */
function nameIn(hostName: string, region: string): { name: string; id: string } | undefined {
  const [, name, id, place] = /^(.+)-([0-9a-f]{16})\.elb\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(hostName) ?? [];
  return name !== undefined && id !== undefined && place === region ? { name, id } : undefined;
}

function arnOf(hostName: string, { account, region, partition }: Account): string {
  const { name, id } = nameIn(hostName, region) ?? { name: hostName, id: '' };
  return `arn:${partition}:elasticloadbalancing:${region}:${account}:loadbalancer/net/${name}/${id}`;
}

/** False while it is made or gets another load balancer, or while it is deleted and its load balancer with it. */
const isSettled = ({ metadata, status }: Service, at: string): boolean =>
  metadata.deletionTimestamp === undefined &&
  !isPending(metadata.creationTimestamp, at) &&
  !isPending(status.writtenAt, at);

/** A binding may name a target group of another account or Region. */
const isHere = (arn: string, { account, region }: Account): boolean =>
  arn.includes(`:elasticloadbalancing:${region}:${account}:targetgroup/`);
