import type { SecurityGroup, SecurityGroupRule } from '../../../core/model/aws.ts';
import { allowAllEgress, ingress, nodeSecurityGroup } from '../cluster.ts';
import { resourceId } from '../identifier.ts';
import type { Pod } from '../kubernetes-object.ts';
import { podAddress, releaseAddress } from '../pod/pod.ts';
import type { World, WorldCluster } from '../world.ts';

/**
 * A security group for pods: it lets in the nodes, whose kubelets probe, and the auditor, and whatever `rules` add. Without
 * the tag of the cluster.
 */
export function addPodSecurityGroup(
  world: World,
  cluster: WorldCluster,
  { name, rules = [] }: { name: string; rules?: SecurityGroupRule[] },
): SecurityGroup {
  const group: SecurityGroup = {
    id: resourceId('sg', name),
    name,
    vpcId: cluster.cluster.vpcId,
    tags: { Name: name },
    rules: [
      allowAllEgress(name),
      ingress(`${name} nodes`, {
        protocol: '-1',
        fromPort: -1,
        toPort: -1,
        referencedGroupId: nodeSecurityGroup(world, cluster).id,
      }),
      ingress(`${name} auditor`, { fromPort: 0, toPort: 65535, referencedGroupId: world.prober.securityGroupId }),
      ...rules,
    ],
  };
  world.securityGroups.push(group);
  return group;
}

/**
 * Gives a pod the branch interface and the annotation that it has under a SecurityGroupPolicy
 * (amazon-eks-user-guide, "Assign security groups to individual Pods").
 */
export function giveBranchInterface(world: World, pod: Pod, securityGroups: string[]): void {
  const address = podAddress(pod);
  const carrier = world.networkInterfaces.find(({ privateIps }) => privateIps.includes(address));
  const subnet = world.subnets.find(({ id }) => id === carrier?.subnetId);
  if (carrier === undefined || subnet === undefined) throw new Error(`${address} has no interface`);
  releaseAddress(world, pod);
  const { namespace, name } = pod.metadata;
  const id = resourceId('eni', `branch ${namespace}/${name}`);
  const { instanceId: _, deviceIndex: __, ...free } = carrier;
  world.networkInterfaces.push({
    ...free,
    id,
    description: 'aws-k8s-branch-eni',
    interfaceType: 'branch',
    securityGroups,
    privateIps: [address],
  });
  const vlan = { eniId: id, ifAddress: '02:1a:5b:00:00:01', privateIp: address, vlanId: 1, subnetCidr: subnet.cidr };
  pod.metadata.annotations['vpc.amazonaws.com/pod-eni'] = JSON.stringify([vlan]);
}
