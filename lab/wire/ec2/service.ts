import { ec2Protocol } from '../aws/query-protocol.ts';
import { answerBy, type Service } from '../aws/service.ts';
import { ServiceError } from '../aws/service-error.ts';
import { describeEndpointServices } from './endpoint-services.ts';
import { describeFlowLogs } from './flow-logs.ts';
import { describeInstanceStatus, describeInstances } from './instances.ts';
import { describeNetworkAcls } from './network-acls.ts';
import { describeNetworkInterfaces } from './network-interfaces.ts';
import { describeManagedPrefixLists, describePrefixLists, getManagedPrefixListEntries } from './prefix-lists.ts';
import { describeRegions } from './regions.ts';
import { describeRouteTables } from './route-tables.ts';
import { describeSecurityGroupRules, describeSecurityGroups } from './security-groups.ts';
import { describeSubnets } from './subnets.ts';
import { describeDhcpOptions, describeVpcs } from './vpcs.ts';
import { startInstances, terminateInstances } from './write-instances.ts';
import {
  createNetworkAclEntry,
  deleteNetworkAclEntry,
  modifyNetworkInterface,
  putRoute,
  replaceNetworkAclEntry,
} from './write-network.ts';
import { authorize, revoke } from './write-rules.ts';
import { createTags, deleteTags } from './write-tags.ts';

/** EC2, version 2016-11-15: instances and networks. */
export const ec2: Service = {
  protocol: ec2Protocol,
  denied: (sentence) =>
    new ServiceError('UnauthorizedOperation', `You are not authorized to perform this operation. ${sentence}`, 403),
  throttled: () => new ServiceError('RequestLimitExceeded', 'Request limit exceeded.', 503),
  answer: answerBy(ec2Protocol, {
    DescribeDhcpOptions: describeDhcpOptions,
    DescribeFlowLogs: describeFlowLogs,
    DescribeInstances: describeInstances,
    DescribeInstanceStatus: describeInstanceStatus,
    DescribeManagedPrefixLists: describeManagedPrefixLists,
    DescribeNetworkAcls: describeNetworkAcls,
    DescribeNetworkInterfaces: describeNetworkInterfaces,
    DescribePrefixLists: describePrefixLists,
    DescribeRegions: describeRegions,
    DescribeRouteTables: describeRouteTables,
    DescribeSecurityGroupRules: describeSecurityGroupRules,
    DescribeSecurityGroups: describeSecurityGroups,
    DescribeSubnets: describeSubnets,
    DescribeVpcEndpointServiceConfigurations: describeEndpointServices,
    DescribeVpcs: describeVpcs,
    GetManagedPrefixListEntries: getManagedPrefixListEntries,
  }),
  writes: {
    AuthorizeSecurityGroupEgress: authorize('egress'),
    AuthorizeSecurityGroupIngress: authorize('ingress'),
    CreateNetworkAclEntry: createNetworkAclEntry,
    CreateRoute: putRoute,
    CreateTags: createTags,
    DeleteNetworkAclEntry: deleteNetworkAclEntry,
    DeleteTags: deleteTags,
    ModifyNetworkInterfaceAttribute: modifyNetworkInterface,
    ReplaceNetworkAclEntry: replaceNetworkAclEntry,
    ReplaceRoute: putRoute,
    RevokeSecurityGroupEgress: revoke('egress'),
    RevokeSecurityGroupIngress: revoke('ingress'),
    StartInstances: startInstances,
    TerminateInstances: terminateInstances,
  },
};
