import { ownersByTags } from '../../core/controllers/ownership.ts';
import { clusterOfTags } from '../../core/controllers/tags.ts';
import { uncovered } from '../../core/diagnosis/uncovered.ts';
import type { Cluster } from '../../core/model/aws.ts';
import type { SliceName } from '../../core/model/facts.ts';
import type { Inventory, Scope } from '../../core/model/inventory.ts';
import type { Owner } from '../../core/model/owner.ts';
import type { Clients } from '../aws/clients.ts';
import { ledger, type Reading } from '../aws/ledger.ts';
import { awsRemedy } from '../aws/remedy.ts';
import { readClusters } from './clusters.ts';
import { readDetails } from './details.ts';
import { identify } from './identity.ts';
import { listNetworkLoadBalancers } from './load-balancers.ts';
import { type Tagged, withTags } from './tags.ts';
import { listTargetGroups } from './target-groups.ts';

/**
 * Reads what exists in the account and Region: EKS clusters, Network Load Balancers, their target groups with health,
 * and target groups made for one that no load balancer uses. What is refused becomes a gap and the rest goes on.
 */
export async function survey(clients: Clients, scope: Scope): Promise<Inventory> {
  const takenAt = new Date().toISOString();
  const { eks, elbv2, signal } = clients;
  const book = ledger(awsRemedy, signal);
  const [region, { names, clusters: named }, loadBalancers, targetGroups] = await Promise.all([
    eks.config.region(),
    readClusters(eks, book, scope.clusters),
    book.read(whole('DescribeLoadBalancers', 'loadBalancers'), [], () => listNetworkLoadBalancers(elbv2)),
    book.read(whole('DescribeTargetGroups', 'targetGroups'), [], () => listTargetGroups(elbv2)),
  ]);
  const clusters = named.filter(({ vpcId }) => scope.vpcIds?.includes(vpcId) ?? true);
  const near = nearby(scope, { clusters, loadBalancers, targetGroups });
  const tagged = await withTags(elbv2, book, near);
  const ofNetwork = targetGroups.filter(({ protocol }) => networkProtocols.has(protocol));
  const beyond = scope.coveredVpcIds
    ? uncovered(scope.coveredVpcIds, { clusters: named, targetGroups: ofNetwork })
    : [];
  const owners = ownersByTags(tagged.targetGroups, tagged.loadBalancers);

  return {
    ...(await identify(clients, book, clusters[0] ?? targetGroups[0] ?? loadBalancers[0])),
    region,
    takenAt,
    scope,
    clusters,
    ...(await readDetails(elbv2, book, concerned(tagged, owners, scope))),
    owners: owners.filter(({ cluster }) => names?.includes(cluster) ?? true),
    gaps: [...book.gaps(), ...beyond],
  };
}

const whole = (operation: string, slice: SliceName): Reading => ({
  action: `elasticloadbalancing:${operation}`,
  hides: [{ slice, scope: { kind: 'all' } }],
});

/** Protocols that only a Network Load Balancer's target group can have (ELBv2 API reference, CreateTargetGroup). */
const networkProtocols = new Set(['TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC']);

interface Found extends Tagged {
  clusters: Cluster[];
}

/**
 * Network Load Balancers in the VPCs asked for, and target groups made for one. Those that nothing uses count only where
 * a cluster or a Network Load Balancer is.
 */
function nearby({ vpcIds, clusters: asked }: Scope, { clusters, loadBalancers, targetGroups }: Found): Tagged {
  const places = asked ? clusters.map(({ vpcId }) => vpcId) : vpcIds;
  const populated = new Set([...clusters, ...loadBalancers].map(({ vpcId }) => vpcId));
  const inPlace = ({ vpcId }: { vpcId: string }): boolean => places?.includes(vpcId) ?? true;
  return {
    loadBalancers: loadBalancers.filter(inPlace),
    targetGroups: targetGroups.filter(
      (group) =>
        networkProtocols.has(group.protocol) &&
        inPlace(group) &&
        (group.loadBalancerArns.length > 0 || populated.has(group.vpcId)),
    ),
  };
}

/**
 * Without load balancers that neither a target group nor a cluster's tag names, and, when only some clusters were asked
 * for, without the target groups that are tagged for another one.
 */
function concerned({ loadBalancers, targetGroups }: Tagged, owners: Owner[], { clusters: asked }: Scope): Tagged {
  const isAsked = (cluster: string): boolean => asked?.includes(cluster) ?? true;
  const foreign = new Set(
    owners.filter(({ cluster }) => !isAsked(cluster)).map(({ targetGroupArn }) => targetGroupArn),
  );
  const own = targetGroups.filter(({ arn }) => !foreign.has(arn));
  const used = new Set(own.flatMap(({ loadBalancerArns }) => loadBalancerArns));
  return {
    targetGroups: own,
    loadBalancers: loadBalancers.filter(({ arn, tags }) => {
      const cluster = clusterOfTags(tags);
      return used.has(arn) || (cluster !== undefined && isAsked(cluster));
    }),
  };
}
