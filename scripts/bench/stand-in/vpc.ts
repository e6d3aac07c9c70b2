import type { NetworkInterface, SecurityGroup, SecurityGroupRule, Subnet } from '../../../core/model/aws.ts';
import type { Vantage } from '../../../core/model/probe-result.ts';
import type { Slices } from '../../../core/model/slices.ts';
import { addressIn, awsId, zoneCidr, zones } from './identifiers.ts';

type VpcSliceName =
  | 'instances'
  | 'networkInterfaces'
  | 'securityGroups'
  | 'networkAcls'
  | 'subnets'
  | 'routeTables'
  | 'vpcs'
  | 'dhcpOptions'
  | 'prefixLists'
  | 'endpointServices';

/** A VPC while clusters move in. */
export interface StandInVpc {
  id: string;
  number: number;
  slices: Pick<Slices, VpcSliceName>;
  vantage: Vantage;
  /** The next free address of a zone. */
  nextAddress(zone: number): string;
}

/** A VPC with a subnet in each zone, one network ACL, one route table, and the security group of the prober. */
export function standInVpc(number: number): StandInVpc {
  const id = awsId('vpc', number);
  const subnets = zones.map(
    (zone, index): Subnet => ({
      id: subnetId(number, index),
      vpcId: id,
      zone,
      cidr: zoneCidr(index),
      ipv6Cidrs: [],
      availableIps: 60_000,
      tags: { Name: `private-${zone}`, 'kubernetes.io/role/internal-elb': '1' },
    }),
  );
  const subnetIds = subnets.map((subnet) => subnet.id);
  const taken = zones.map(() => 10);
  return {
    id,
    number,
    slices: {
      instances: [],
      networkInterfaces: [],
      securityGroups: [securityGroup(id, { id: proberGroup(number), name: 'eks-nlb-auditor' }, [anywhere])],
      networkAcls: [
        {
          id: awsId('acl', number),
          vpcId: id,
          isDefault: true,
          subnetIds,
          entries: [false, true].flatMap((egress) => [
            { egress, ruleNumber: 100, protocol: '-1', action: 'allow' as const, cidr: '0.0.0.0/0' },
            { egress, ruleNumber: 32_767, protocol: '-1', action: 'deny' as const, cidr: '0.0.0.0/0' },
          ]),
        },
      ],
      subnets,
      routeTables: [
        {
          id: awsId('rtb', number),
          vpcId: id,
          main: true,
          subnetIds,
          routes: [
            { destination: '10.0.0.0/8', target: 'local', state: 'active' },
            { destination: '0.0.0.0/0', target: awsId('nat', number), state: 'active' },
          ],
        },
      ],
      vpcs: [{ id, cidrs: ['10.0.0.0/8'], ipv6Cidrs: [], dhcpOptionsId: awsId('dopt', number), tags: {} }],
      dhcpOptions: [
        {
          id: awsId('dopt', number),
          domainName: 'eu-west-1.compute.internal',
          domainNameServers: ['AmazonProvidedDNS'],
        },
      ],
      prefixLists: [],
      endpointServices: [],
    },
    vantage: { kind: 'vpc', vpcId: id, subnetIds: subnetIds.slice(0, 1), securityGroupIds: [proberGroup(number)] },
    nextAddress(zone) {
      const index = taken[zone] ?? 0;
      taken[zone] = index + 1;
      return addressIn(zone, index);
    },
  };
}

export const subnetId = (vpc: number, zone: number): string => awsId('subnet', vpc, zone);
export const proberGroup = (vpc: number): string => awsId('sg', vpc, 0, 0);

export type Rule = Omit<SecurityGroupRule, 'id'>;

export const anywhere: Rule = { egress: true, protocol: '-1', fromPort: -1, toPort: -1, cidrIpv4: '0.0.0.0/0' };

/** A security group with rules of its own ids. */
export const securityGroup = (
  vpcId: string,
  { id, name, tags = {} }: { id: string; name: string; tags?: Record<string, string> },
  rules: Rule[],
): SecurityGroup => ({
  id,
  name,
  vpcId,
  tags: { Name: name, ...tags },
  rules: rules.map((rule, index) => ({ id: id.replace('sg-', `sgr-${index}`), ...rule })),
});

/** An interface in one zone of the VPC. */
export const networkInterface = (
  vpc: StandInVpc,
  zone: number,
  rest: Pick<NetworkInterface, 'id' | 'securityGroups' | 'privateIps'> & Partial<NetworkInterface>,
): NetworkInterface => ({
  description: '',
  interfaceType: 'interface',
  vpcId: vpc.id,
  subnetId: subnetId(vpc.number, zone),
  zone: zones[zone] ?? '',
  status: 'in-use',
  ipv6Addresses: [],
  ...rest,
});
