import type { DhcpOptions, Vpc } from '../../../core/model/aws.ts';
import { listing, tagSet } from './listing.ts';

/** DescribeVpcs. */
export const describeVpcs = listing<Vpc>({
  set: 'vpcSet',
  items: (world) => world.vpcs,
  id: (vpc) => vpc.id,
  byId: { parameter: 'VpcId', notFound: 'InvalidVpcID.NotFound' },
  tags: (vpc) => vpc.tags,
  filters: {
    'vpc-id': (vpc) => [vpc.id],
    cidr: (vpc) => vpc.cidrs.slice(0, 1),
    'cidr-block-association.cidr-block': (vpc) => vpc.cidrs,
    'dhcp-options-id': (vpc) => [vpc.dhcpOptionsId],
  },
  show: (vpc, world) => ({
    vpcId: vpc.id,
    state: 'available',
    ownerId: world.account,
    instanceTenancy: 'default',
    isDefault: false,
    cidrBlock: vpc.cidrs[0],
    dhcpOptionsId: vpc.dhcpOptionsId,
    cidrBlockAssociationSet: vpc.cidrs.map((cidrBlock) => ({ cidrBlock, cidrBlockState: { state: 'associated' } })),
    ipv6CidrBlockAssociationSet: vpc.ipv6Cidrs.map((ipv6CidrBlock) => ({
      ipv6CidrBlock,
      ipv6CidrBlockState: { state: 'associated' },
    })),
    tagSet: tagSet(vpc.tags),
  }),
});

/** DescribeDhcpOptions. */
export const describeDhcpOptions = listing<DhcpOptions>({
  set: 'dhcpOptionsSet',
  items: (world) => world.dhcpOptions,
  id: (options) => options.id,
  byId: { parameter: 'DhcpOptionsId', notFound: 'InvalidDhcpOptionID.NotFound' },
  filters: {
    'dhcp-options-id': (options) => [options.id],
  },
  show: (options, world) => ({
    dhcpOptionsId: options.id,
    ownerId: world.account,
    dhcpConfigurationSet: Object.entries({
      'domain-name': options.domainName === undefined ? [] : [options.domainName],
      'domain-name-servers': options.domainNameServers,
    })
      .filter(([, values]) => values.length > 0)
      .map(([key, values]) => ({ key, valueSet: values.map((value) => ({ value })) })),
    tagSet: [],
  }),
});
