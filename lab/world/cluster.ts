import type { SecurityGroup, SecurityGroupRule } from '../../core/model/aws.ts';
import { privateSubnets } from './account.ts';
import { addAddOns } from './add-ons.ts';
import { resourceId } from './identifier.ts';
import { before, day } from './moment.ts';
import { ensureNamespace } from './namespace.ts';
import { addNode } from './network/node.ts';
import type { World, WorldCluster } from './world.ts';

export interface ClusterOptions {
  name: string;
  /** Number of nodes, spread over the zones; 3 by default. */
  nodes?: number;
}

/** Adds a healthy EKS cluster to the account's VPC: security groups, nodes and add-ons. */
export function addCluster(world: World, { name, nodes = 3 }: ClusterOptions): WorldCluster {
  const vpcId = world.vpcs[0]?.id ?? '';
  const clusterGroup = group(vpcId, `eks-cluster-sg-${name}`, name);
  const nodeGroup = group(vpcId, nodeGroupName(name), name);
  clusterGroup.rules.push(
    ingress(`${name} cluster self`, { protocol: '-1', fromPort: -1, toPort: -1, referencedGroupId: clusterGroup.id }),
    ingress(`${name} nodes to api`, { fromPort: 443, toPort: 443, referencedGroupId: nodeGroup.id }),
  );
  nodeGroup.rules.push(
    ingress(`${name} node self`, { protocol: '-1', fromPort: -1, toPort: -1, referencedGroupId: nodeGroup.id }),
    ingress(`${name} api to kubelet`, { fromPort: 10250, toPort: 10250, referencedGroupId: clusterGroup.id }),
    ingress(`${name} api to webhooks`, { fromPort: 9443, toPort: 9443, referencedGroupId: clusterGroup.id }),
    ingress(`${name} auditor`, {
      fromPort: 0,
      toPort: 65535,
      referencedGroupId: world.prober.securityGroupId,
      description: 'eks-nlb-auditor probes',
    }),
  );
  world.securityGroups.push(clusterGroup, nodeGroup);

  const cluster: WorldCluster = {
    cluster: {
      arn: `arn:aws:eks:${world.region}:${world.account}:cluster/${name}`,
      name,
      version: '1.33',
      status: 'ACTIVE',
      endpoint: '',
      certificateAuthority: '',
      vpcId,
      subnetIds: privateSubnets(world).map(({ id }) => id),
      clusterSecurityGroupId: clusterGroup.id,
      securityGroupIds: [],
      endpointPublicAccess: false,
      endpointPrivateAccess: true,
      authenticationMode: 'API',
      ipFamily: 'ipv4',
      autoModeLoadBalancing: false,
      createdAt: before(world.now, 21 * day),
      tags: {},
    },
    objects: [],
    processes: {},
    logs: {},
    kubeProxyNames: {},
    reachable: true,
    controllerRunning: true,
    forbidden: [],
  };
  world.clusters.push(cluster);
  for (const namespace of ['default', 'kube-system']) ensureNamespace(world, cluster, namespace);
  for (let index = 0; index < nodes; index += 1) addNode(world, cluster, nodeGroup.id);
  addAddOns(world, cluster);
  return cluster;
}

/** The cluster of that name; throws when the world has none. */
export function clusterOf(world: World, name: string): WorldCluster {
  const cluster = world.clusters.find((candidate) => candidate.cluster.name === name);
  if (cluster === undefined) throw new Error(`no cluster ${name} in this world`);
  return cluster;
}

const nodeGroupName = (cluster: string) => `${cluster}-node`;

/** The security group that the nodes and pods of a cluster share. */
export function nodeSecurityGroup(world: World, cluster: WorldCluster): SecurityGroup {
  const found = world.securityGroups.find(({ name }) => name === nodeGroupName(cluster.cluster.name));
  if (found === undefined) throw new Error(`${cluster.cluster.name} has no node security group`);
  return found;
}

const group = (vpcId: string, name: string, cluster: string): SecurityGroup => ({
  id: resourceId('sg', name),
  name,
  vpcId,
  tags: { Name: name, [`kubernetes.io/cluster/${cluster}`]: 'owned' },
  rules: [allowAllEgress(name)],
});

/** The egress rule that every new security group has. */
export const allowAllEgress = (seed: string): SecurityGroupRule => ({
  id: resourceId('sgr', `${seed} out`),
  egress: true,
  protocol: '-1',
  fromPort: -1,
  toPort: -1,
  cidrIpv4: '0.0.0.0/0',
});

/** An ingress rule, TCP unless `rule` says otherwise. */
export const ingress = (seed: string, rule: Partial<SecurityGroupRule>): SecurityGroupRule => ({
  id: resourceId('sgr', seed),
  egress: false,
  protocol: 'tcp',
  fromPort: 0,
  toPort: 0,
  ...rule,
});
