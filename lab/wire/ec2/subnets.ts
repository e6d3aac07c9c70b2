import type { Subnet } from '../../../core/model/aws.ts';
import { listing, tagSet } from './listing.ts';

/** DescribeSubnets. */
export const describeSubnets = listing<Subnet>({
  set: 'subnetSet',
  items: (world) => world.subnets,
  id: (subnet) => subnet.id,
  byId: { parameter: 'SubnetId', notFound: 'InvalidSubnetID.NotFound' },
  tags: (subnet) => subnet.tags,
  filters: {
    'subnet-id': (subnet) => [subnet.id],
    'vpc-id': (subnet) => [subnet.vpcId],
    'availability-zone': (subnet) => [subnet.zone],
    'cidr-block': (subnet) => [subnet.cidr],
  },
  show: (subnet, world) => ({
    subnetId: subnet.id,
    subnetArn: `arn:aws:ec2:${world.region}:${world.account}:subnet/${subnet.id}`,
    state: 'available',
    ownerId: world.account,
    vpcId: subnet.vpcId,
    cidrBlock: subnet.cidr,
    availableIpAddressCount: subnet.availableIps,
    availabilityZone: subnet.zone,
    defaultForAz: false,
    mapPublicIpOnLaunch: false,
    ipv6CidrBlockAssociationSet: subnet.ipv6Cidrs.map((ipv6CidrBlock) => ({
      ipv6CidrBlock,
      ipv6CidrBlockState: { state: 'associated' },
    })),
    tagSet: tagSet(subnet.tags),
  }),
});
