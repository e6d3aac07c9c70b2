import type { SecurityGroup } from '../../../core/model/aws.ts';
import { resourceId } from '../identifier.ts';
import type { Pod, TargetGroupBinding } from '../kubernetes-object.ts';
import { podAddress } from '../pod/pod.ts';
import type { World } from '../world.ts';
import { ipv6TwinCidr, ipv6TwinOf } from './address.ts';

/** Gives the VPC, its subnets, security groups and network ACLs what they have where IPv6 is in use. */
export function enableIpv6(world: World): void {
  for (const vpc of world.vpcs) vpc.ipv6Cidrs = vpc.cidrs.slice(0, 1).map(ipv6TwinCidr);
  for (const subnet of world.subnets) {
    if (subnet.cidr.startsWith(world.network)) subnet.ipv6Cidrs = [ipv6TwinCidr(subnet.cidr)];
  }
  for (const group of world.securityGroups) allowEgress(group);
  for (const { entries } of world.networkAcls) {
    for (const egress of [false, true]) {
      entries.push(
        { egress, ruleNumber: 101, protocol: '-1', action: 'allow', ipv6Cidr: '::/0' },
        { egress, ruleNumber: 32768, protocol: '-1', action: 'deny', ipv6Cidr: '::/0' },
      );
    }
  }
}

/** Gives pods an IPv6 address beside the one that they have, as a CNI for both families does. */
export function addIpv6(world: World, pods: Pod[]): void {
  for (const pod of pods) {
    const address = podAddress(pod);
    const ip = ipv6TwinOf(address);
    pod.status.podIPs = [{ ip: address }, { ip }];
    world.networkInterfaces.find(({ privateIps }) => privateIps.includes(address))?.ipv6Addresses.push(ip);
  }
}

/** Makes a load balancer dual-stack and its target group one for IPv6 targets; a group's family can't be changed later. */
export function useIpv6(world: World, { spec }: TargetGroupBinding): void {
  const targetGroup = world.targetGroups.find(({ arn }) => arn === spec.targetGroupARN);
  const loadBalancer = world.loadBalancers.find(({ arn }) => targetGroup?.loadBalancerArns.includes(arn));
  if (targetGroup === undefined || loadBalancer === undefined) throw new Error('the binding leads to no load balancer');
  spec.ipAddressType = 'ipv6';
  targetGroup.ipAddressType = 'ipv6';
  loadBalancer.ipAddressType = 'dualstack';
  for (const networkInterface of world.networkInterfaces) {
    if (networkInterface.description !== `ELB ${loadBalancer.arn.split(':loadbalancer/')[1]}`) continue;
    networkInterface.ipv6Addresses = networkInterface.privateIps.map(ipv6TwinOf);
  }
  for (const group of world.securityGroups) {
    if (loadBalancer.securityGroups.includes(group.id)) allowEgress(group);
  }
}

/** The rule that every new security group of such a VPC has beside the one for IPv4. */
function allowEgress({ name, rules }: SecurityGroup): void {
  const id = resourceId('sgr', `${name} out over IPv6`);
  if (rules.some((rule) => rule.id === id)) return;
  rules.push({ id, egress: true, protocol: '-1', fromPort: -1, toPort: -1, cidrIpv6: '::/0' });
}
