import { ec2Protocol } from '../aws/query-protocol.ts';
import { answerBy, type Service } from '../aws/service.ts';
import { ServiceError } from '../aws/service-error.ts';
import { describeInstanceStatus, describeInstances } from './instances.ts';
import { describeNetworkAcls } from './network-acls.ts';
import { describeNetworkInterfaces } from './network-interfaces.ts';
import { describeManagedPrefixLists, describePrefixLists, getManagedPrefixListEntries } from './prefix-lists.ts';
import { describeRouteTables } from './route-tables.ts';
import { describeSecurityGroupRules, describeSecurityGroups } from './security-groups.ts';
import { describeSubnets } from './subnets.ts';
import { describeDhcpOptions, describeVpcs } from './vpcs.ts';

/** EC2, version 2016-11-15: reading of instances and networks. */
export const ec2: Service = {
  protocol: ec2Protocol,
  denied: (sentence) =>
    new ServiceError('UnauthorizedOperation', `You are not authorized to perform this operation. ${sentence}`, 403),
  throttled: () => new ServiceError('RequestLimitExceeded', 'Request limit exceeded.', 503),
  answer: answerBy(ec2Protocol, {
    DescribeDhcpOptions: describeDhcpOptions,
    DescribeInstances: describeInstances,
    DescribeInstanceStatus: describeInstanceStatus,
    DescribeManagedPrefixLists: describeManagedPrefixLists,
    DescribeNetworkAcls: describeNetworkAcls,
    DescribeNetworkInterfaces: describeNetworkInterfaces,
    DescribePrefixLists: describePrefixLists,
    DescribeRouteTables: describeRouteTables,
    DescribeSecurityGroupRules: describeSecurityGroupRules,
    DescribeSecurityGroups: describeSecurityGroups,
    DescribeSubnets: describeSubnets,
    DescribeVpcs: describeVpcs,
    GetManagedPrefixListEntries: getManagedPrefixListEntries,
  }),
};
