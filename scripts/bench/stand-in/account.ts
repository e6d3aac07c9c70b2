import type { Cluster } from '../../../core/model/aws.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Inventory } from '../../../core/model/inventory.ts';
import type { ConfigMap, Lease } from '../../../core/model/kubernetes.ts';
import { emptySlices } from '../../../core/model/slices.ts';
import { faults } from './faults.ts';
import { account, at, awsId, region, uid } from './identifiers.ts';
import { metadata } from './metadata.ts';
import { clusterName, daemonsOn, nodeGroup, standInNode } from './nodes.ts';
import { type StandInService, standInService, trafficGroup } from './service.ts';
import type { Shape } from './shape.ts';
import { anywhere, proberGroup, type StandInVpc, securityGroup, standInVpc, subnetId } from './vpc.ts';

/** What survey, collect and probe would return for an account. */
export interface StandInAccount {
  inventory: Inventory;
  facts: Facts[];
}

/**
 * An account of the given shape as Inventory and Facts, without a network, in seconds for the largest: every object is one of
 * its own and of real size, VPCs are shared by clusters, faults return in turn, and the same shape gives the same account.
 */
export function standInAccount(shape: Shape, takenAt = '2026-11-20T12:00:00Z'): StandInAccount {
  const vpcs = Array.from({ length: Math.ceil(shape.clusters / shape.clustersPerVpc) }, (_, index) =>
    standInVpc(index + 1),
  );
  const facts = Array.from({ length: shape.clusters }, (_, index) => {
    const vpc = vpcs[Math.floor(index / shape.clustersPerVpc)];
    if (vpc === undefined) throw new Error('every cluster has a VPC');
    return standInCluster(index + 1, { vpc, shape, takenAt });
  });
  return {
    facts,
    inventory: {
      account,
      region,
      partition: 'aws',
      takenAt,
      clusters: facts.flatMap(({ cluster }) => cluster ?? []),
      loadBalancers: facts.flatMap(({ slices }) => slices.loadBalancers),
      listeners: facts.flatMap(({ slices }) => slices.listeners),
      targetGroups: facts.flatMap(({ slices }) => slices.targetGroups),
      targetHealth: facts.flatMap(({ slices }) => slices.targetHealth),
      owners: facts.flatMap(({ owners }) => owners),
      gaps: [],
    },
  };
}

function standInCluster(number: number, around: { vpc: StandInVpc; shape: Shape; takenAt: string }): Facts {
  const { vpc, shape, takenAt } = around;
  addSecurityGroups(vpc, number);
  const nodes = Array.from({ length: shape.nodesPerCluster }, (_, index) => standInNode(vpc, number, index, takenAt));
  const addressOfNode = new Map(nodes.map(({ instanceId, address }) => [instanceId, address]));
  const services = Array.from({ length: shape.servicesPerCluster }, (_, index): StandInService => {
    const place = { cluster: number, index, namespace: `team-${index % 5}`, name: `service-${index}`, takenAt };
    const made = standInService(place, shape.podsPerService, { vpc, nodes });
    const count = (number - 1) * shape.servicesPerCluster + index;
    const fault = faults[Math.floor(count / shape.faultEvery) % faults.length];
    if (count % shape.faultEvery === shape.faultEvery - 1) fault?.(made, (id) => addressOfNode.get(id) ?? id);
    return made;
  });
  const daemons = daemonsOn(nodes, number, takenAt);
  return {
    schemaVersion: 1,
    takenAt,
    account,
    region,
    partition: 'aws',
    vpcId: vpc.id,
    cluster: clusterOf(number, vpc, takenAt),
    owners: services.map(({ owner }) => owner),
    vantage: vpc.vantage,
    slices: {
      ...emptySlices(),
      ...vpc.slices,
      loadBalancers: services.map(({ loadBalancer }) => loadBalancer),
      listeners: services.map(({ listener }) => listener),
      targetGroups: services.map(({ targetGroup }) => targetGroup),
      targetHealth: services.flatMap(({ targets }) => targets),
      services: services.map(({ service }) => service),
      endpointSlices: services.map(({ endpointSlice }) => endpointSlice),
      pods: [...services.flatMap(({ pods }) => pods), ...daemons.pods],
      nodes: nodes.map(({ node }) => node),
      events: services.flatMap(({ events }) => events),
      workloads: [...services.flatMap(({ workloads }) => workloads), ...daemons.workloads],
      targetGroupBindings: services.map(({ binding }) => binding),
      configMaps: [kubeProxyConfig(number, takenAt)],
      leases: [controllerLease(number, takenAt)],
      probes: services.flatMap(({ probes }) => probes),
    },
    gaps: [],
  };
}

function addSecurityGroups({ id, number, slices }: StandInVpc, cluster: number): void {
  const tcp = { egress: false, protocol: 'tcp', fromPort: 0, toPort: 65_535 };
  const tags = { [`kubernetes.io/cluster/${clusterName(cluster)}`]: 'owned' };
  slices.securityGroups.push(
    securityGroup(id, { id: nodeGroup(cluster), name: `${clusterName(cluster)}-node`, tags }, [
      anywhere,
      { ...tcp, protocol: '-1', fromPort: -1, toPort: -1, referencedGroupId: nodeGroup(cluster) },
      { ...tcp, referencedGroupId: proberGroup(number), description: 'eks-nlb-auditor probes' },
      {
        ...tcp,
        fromPort: 8080,
        toPort: 32_767,
        referencedGroupId: trafficGroup(cluster),
        description: 'elbv2.k8s.aws/targetGroupBinding=shared',
      },
    ]),
    securityGroup(id, { id: trafficGroup(cluster), name: `k8s-traffic-${clusterName(cluster)}` }, [anywhere]),
  );
}

const clusterOf = (number: number, vpc: StandInVpc, takenAt: string): Cluster => ({
  arn: `arn:aws:eks:${region}:${account}:cluster/${clusterName(number)}`,
  name: clusterName(number),
  version: '1.33',
  status: 'ACTIVE',
  endpoint: `https://${awsId('eks', number)}.gr7.${region}.eks.amazonaws.com`,
  certificateAuthority: '',
  vpcId: vpc.id,
  subnetIds: [0, 1, 2].map((zone) => subnetId(vpc.number, zone)),
  securityGroupIds: [],
  endpointPublicAccess: false,
  endpointPrivateAccess: true,
  authenticationMode: 'API',
  ipFamily: 'ipv4',
  autoModeLoadBalancing: false,
  createdAt: at(takenAt, 40_000),
  tags: {},
});

const kubeProxyConfig = (cluster: number, takenAt: string): ConfigMap => ({
  metadata: metadata({
    name: 'kube-proxy-config',
    namespace: 'kube-system',
    uid: uid(cluster, 10),
    createdAt: at(takenAt, 30_000),
  }),
  data: {
    config: 'mode: iptables\nhostnameOverride: ""\nhealthzBindAddress: 0.0.0.0:10256\nnodePortAddresses: null\n',
  },
});

const controllerLease = (cluster: number, takenAt: string): Lease => ({
  metadata: metadata({
    name: 'aws-load-balancer-controller-leader',
    namespace: 'kube-system',
    uid: uid(cluster, 11),
    createdAt: at(takenAt, 30_000),
  }),
  spec: { holderIdentity: 'aws-load-balancer-controller_1', leaseDurationSeconds: 15, renewTime: at(takenAt, 0) },
});
