import type { SecurityGroup, Subnet } from '../../core/model/aws.ts';
import { resourceId } from './identifier.ts';
import type { World } from './world.ts';

/** Where and when a world is built; every world has defaults, so that it is the same each time. */
export interface BuildOptions {
  /** First two octets of every address but the prober's; two labs of one machine need two networks. */
  network?: string;
  /** RFC 3339: the moment from which all ages count back. */
  now?: string;
}

export const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] as const;

/** A healthy account with one VPC, three zones, and the auditor's own subnet and network interface, but no cluster. */
export function buildAccount({ network = '127.20', now = '2026-11-22T10:00:00Z' }: BuildOptions = {}): World {
  const vpcId = resourceId('vpc', 'main');
  const dhcpOptionsId = resourceId('dopt', 'main');
  const subnets = zones.map((zone, index) => subnet({ vpcId, zone, cidr: `${network}.${index * 16}.0/20` }));
  const proberSubnet: Subnet = {
    ...subnet({ vpcId, zone: zones[0], cidr: '127.0.0.0/24' }),
    tags: { Name: 'eks-nlb-auditor' },
  };
  const proberGroupId = resourceId('sg', 'eks-nlb-auditor');
  const allSubnets = [...subnets, proberSubnet];
  return {
    account: '111122223333',
    region: 'eu-west-1',
    network,
    now,
    prober: { vpcId, subnetId: proberSubnet.id, securityGroupId: proberGroupId, address: '127.0.0.1' },
    clusters: [],
    vpcs: [
      {
        id: vpcId,
        cidrs: [`${network}.0.0/16`, '127.0.0.0/24'],
        ipv6Cidrs: [],
        dhcpOptionsId,
        tags: { Name: 'main' },
      },
    ],
    dhcpOptions: [
      { id: dhcpOptionsId, domainName: 'eu-west-1.compute.internal', domainNameServers: ['AmazonProvidedDNS'] },
    ],
    subnets: allSubnets,
    routeTables: [
      {
        id: resourceId('rtb', 'main'),
        vpcId,
        main: true,
        subnetIds: allSubnets.map(({ id }) => id),
        routes: [
          { destination: `${network}.0.0/16`, target: 'local', state: 'active' },
          { destination: '127.0.0.0/24', target: 'local', state: 'active' },
          { destination: '0.0.0.0/0', target: resourceId('nat', 'main'), state: 'active' },
        ],
      },
    ],
    networkAcls: [
      {
        id: resourceId('acl', 'main'),
        vpcId,
        isDefault: true,
        subnetIds: allSubnets.map(({ id }) => id),
        entries: [false, true].flatMap((egress) => [
          { egress, ruleNumber: 100, protocol: '-1', action: 'allow', cidr: '0.0.0.0/0' },
          { egress, ruleNumber: 32767, protocol: '-1', action: 'deny', cidr: '0.0.0.0/0' },
        ]),
      },
    ],
    securityGroups: [
      {
        id: proberGroupId,
        name: 'eks-nlb-auditor',
        vpcId,
        tags: { Name: 'eks-nlb-auditor' },
        rules: [
          {
            id: resourceId('sgr', 'eks-nlb-auditor out'),
            egress: true,
            protocol: '-1',
            fromPort: -1,
            toPort: -1,
            cidrIpv4: '0.0.0.0/0',
          },
        ],
      },
      defaultSecurityGroup(vpcId),
    ],
    prefixLists: [],
    endpointServices: [],
    instances: [],
    networkInterfaces: [
      {
        id: resourceId('eni', 'eks-nlb-auditor'),
        description: 'AWS Lambda VPC ENI-eks-nlb-auditor-7d1f6f0c-8a55-4c0e-9f43-2b1f4c3f8d10',
        interfaceType: 'lambda',
        vpcId,
        subnetId: proberSubnet.id,
        zone: zones[0],
        status: 'in-use',
        securityGroups: [proberGroupId],
        privateIps: ['127.0.0.1'],
        ipv6Addresses: [],
      },
    ],
    loadBalancers: [],
    listeners: [],
    targetGroups: [],
    registrations: [],
    targetHealth: [],
    sockets: [],
    secrets: {},
    topics: ['arn:aws:sns:eu-west-1:111122223333:eks-nlb-auditor'],
    buses: ['arn:aws:events:eu-west-1:111122223333:event-bus/eks-nlb-auditor'],
    refusals: [],
  };
}

/** The subnets in which nodes, pods and load balancers live, one per zone. */
export const privateSubnets = (world: World): Subnet[] =>
  world.subnets.filter(({ tags }) => tags['kubernetes.io/role/internal-elb'] === '1');

function subnet({ vpcId, zone, cidr }: { vpcId: string; zone: string; cidr: string }): Subnet {
  return {
    id: resourceId('subnet', `${zone} ${cidr.endsWith('/24') ? 'auditor' : 'private'}`),
    vpcId,
    zone,
    cidr,
    ipv6Cidrs: [],
    availableIps: cidr.endsWith('/24') ? 250 : 4000,
    tags: { Name: `private-${zone}`, 'kubernetes.io/role/internal-elb': '1' },
  };
}

/** The group that comes with a VPC: it admits its own members (Amazon VPC user guide, "Default security groups"). */
function defaultSecurityGroup(vpcId: string): SecurityGroup {
  const id = resourceId('sg', `${vpcId} default`);
  const everything = { protocol: '-1', fromPort: -1, toPort: -1 };
  return {
    id,
    name: 'default',
    vpcId,
    tags: {},
    rules: [
      { id: resourceId('sgr', `${vpcId} default in`), egress: false, ...everything, referencedGroupId: id },
      { id: resourceId('sgr', `${vpcId} default out`), egress: true, ...everything, cidrIpv4: '0.0.0.0/0' },
    ],
  };
}
