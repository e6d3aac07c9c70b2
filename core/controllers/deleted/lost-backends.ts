import type { Inventory } from '../../model/inventory.ts';
import type { Event, Service, TargetGroupBinding, Workload } from '../../model/kubernetes.ts';
import type { LostBackend } from '../../model/lost/lost-backend.ts';
import type { Owner } from '../../model/owner.ts';
import { annotationPrefix } from '../annotation-prefix.ts';
import { controllerOf } from '../controller.ts';
import { arePortsPending, isPending } from '../pending.ts';
import { isHandMade, successWith } from '../reconcile-errors.ts';
import { isTakenUp } from './finalizer.ts';

interface Cluster {
  services: Service[];
  targetGroupBindings: TargetGroupBinding[];
  workloads: Workload[];
  events: Event[];
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
export function lostBackendsOf(cluster: Cluster, ownership: Ownership, account: Account): LostBackend[] {
  const { existing } = account;
  if (existing === undefined) return [];
  const balancers = new Set(existing.loadBalancers);
  return cluster.services.flatMap((service): LostBackend[] => {
    if (service.spec.type !== 'LoadBalancer' || !isSettled(service, account.takenAt)) return [];
    if (service.status.loadBalancer.length === 0) return lostWithoutAddress(service, { cluster, ownership, account });
    const hostNames = networkHostNamesOf(service, account.region);
    const [hostName] = hostNames;
    if (hostName === undefined) return [];
    const own = ownersOf(service, ownership);
    const controller = controllerOf(service, cluster.workloads);
    const isThere = hostNames.some((each) => balancers.has(each));
    const lost: LostBackend = {
      ...nameOf(service),
      lacks: isThere ? 'target-group' : 'load-balancer',
      hostName,
      loadBalancerArn: arnOf(hostName, account),
      controller,
    };
    const bound = lostBindingsOf(service, { cluster, ownership, account }).map((each) => ({ ...lost, ...each }));
    if (!isThere && own.length > 0) return [lost, ...bound];
    if (bound.length > 0) return bound;
    const isEmptyHanded = own.length === 0 && ownership.isWhole && controller !== 'none';
    return !isThere || isEmptyHanded ? [lost] : [];
  });
}

interface Seen {
  cluster: Cluster;
  ownership: Ownership;
  account: Account;
}

const nameOf = ({ metadata: { namespace = 'default', name } }: Service) => ({ namespace, service: name });

const ownersOf = (service: Service, { owners }: Ownership): Owner[] => {
  const own = nameOf(service);
  return owners.filter((owner) => owner.namespace === own.namespace && owner.service === own.service);
};

/** The target groups that bindings of a controller name for a Service, and the account does not have. */
function lostBindingsOf(service: Service, { cluster, ownership, account }: Seen) {
  const { namespace, service: name } = nameOf(service);
  const targetGroups = new Set(account.existing?.targetGroups);
  const own = ownersOf(service, ownership);
  const isServed = (port: string): boolean => own.some(({ servicePort }) => servicePort === port);
  return cluster.targetGroupBindings
    .filter(({ metadata, spec }) => metadata.namespace === namespace && spec.serviceRef.name === name)
    .filter((binding) => !isHandMade(binding) && !isServed(String(binding.spec.serviceRef.port)))
    .filter(({ metadata }) => !isPending(metadata.creationTimestamp, account.takenAt))
    .flatMap(({ spec: { targetGroupARN, serviceRef } }) =>
      targetGroupARN === undefined || !isHere(targetGroupARN, account) || targetGroups.has(targetGroupARN)
        ? []
        : [{ targetGroupArn: targetGroupARN, servicePort: String(serviceRef.port) }],
    );
}

/**
 * What a Service lacks whose status names no address: by a binding that is left, or by what else shows that a controller works for it, where no target
 * group of the account is of it. Controllers that make no Network Load Balancer for it, or have taken no notice of it, owe it none.
 */
function lostWithoutAddress(service: Service, { cluster, ownership, account }: Seen): LostBackend[] {
  const controller = controllerOf(service, cluster.workloads);
  const lost: LostBackend = { ...nameOf(service), lacks: 'target-group', controller };
  const bound = lostBindingsOf(service, { cluster, ownership, account });
  if (bound.length > 0) return bound.map((each) => ({ ...lost, ...each, by: 'binding' }));
  if (ownersOf(service, ownership).length > 0 || !ownership.isWhole || arePortsPending(service, account.takenAt))
    return [];
  const isClassic =
    controller === 'cloud-provider-aws' && service.metadata.annotations[`${annotationPrefix}type`] !== 'nlb';
  if (controller === 'none' || isClassic) return [];
  const success = successWith(service, cluster.events);
  if (success !== undefined) return isPending(success.lastSeen, account.takenAt) ? [] : [{ ...lost, by: 'event' }];
  return isTakenUp(service, controller) ? [{ ...lost, by: 'finalizer' }] : [];
}

/** The host names of Network Load Balancers of the Region to which the status sends clients, whatever else it names. */
function networkHostNamesOf({ status }: Service, region: string): string[] {
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
