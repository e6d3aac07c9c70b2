import type { NetworkAcl } from '../../../core/model/aws.ts';
import { listing, tagSet } from './listing.ts';

/** DescribeNetworkAcls. */
export const describeNetworkAcls = listing<NetworkAcl>({
  set: 'networkAclSet',
  items: (world) => world.networkAcls,
  id: (acl) => acl.id,
  byId: { parameter: 'NetworkAclId', notFound: 'InvalidNetworkAclID.NotFound' },
  filters: {
    'network-acl-id': (acl) => [acl.id],
    'vpc-id': (acl) => [acl.vpcId],
    'association.subnet-id': (acl) => acl.subnetIds,
    default: (acl) => [String(acl.isDefault)],
  },
  show: (acl, world) => ({
    networkAclId: acl.id,
    vpcId: acl.vpcId,
    ownerId: world.account,
    default: acl.isDefault,
    associationSet: acl.subnetIds.map((subnetId) => ({
      networkAclAssociationId: subnetId.replace('subnet-', 'aclassoc-'),
      networkAclId: acl.id,
      subnetId,
    })),
    entrySet: acl.entries.map((entry) => ({
      ruleNumber: entry.ruleNumber,
      protocol: entry.protocol,
      ruleAction: entry.action,
      egress: entry.egress,
      cidrBlock: entry.cidr,
      ipv6CidrBlock: entry.ipv6Cidr,
      portRange: entry.fromPort === undefined ? undefined : { from: entry.fromPort, to: entry.toPort },
    })),
    tagSet: tagSet(acl.tags ?? {}),
  }),
});
