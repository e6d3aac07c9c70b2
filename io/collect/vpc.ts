import type { EC2Client } from '@aws-sdk/client-ec2';
import type { Gap } from '../../core/model/gap.ts';
import type { Slices } from '../../core/model/slices.ts';
import type { Ledger } from '../aws/ledger.ts';
import type { Refusal } from '../aws/refusal.ts';
import { awsRemedy } from '../aws/remedy.ts';
import { readDhcpOptions } from './dhcp-options.ts';
import { readEndpointServices } from './endpoint-services.ts';
import { inVpc } from './in-vpc.ts';
import { readInstances } from './instances.ts';
import { readNetworkAcls } from './network-acls.ts';
import { readNetworkInterfaces } from './network-interfaces.ts';
import { prefixListIds, readPrefixList } from './prefix-lists.ts';
import { readRouteTables } from './route-tables.ts';
import { readSecurityGroups, withIds, withRules } from './security-groups.ts';
import { readSubnets } from './subnets.ts';
import { readVpc } from './vpcs.ts';

/** What EC2 says about one VPC. */
export type VpcSlices = Pick<Slices, VpcSliceName>;

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

/** A VPC of which nothing was read. */
export const noVpcSlices: VpcSlices = {
  instances: [],
  networkInterfaces: [],
  securityGroups: [],
  networkAcls: [],
  subnets: [],
  routeTables: [],
  vpcs: [],
  dhcpOptions: [],
  prefixLists: [],
  endpointServices: [],
};

/** Gaps on everything that EC2 says about a VPC. */
export const unreadVpc = ({ reason, message }: Refusal): Gap[] =>
  Object.keys(noVpcSlices).map((slice) => ({
    slice: slice as VpcSliceName,
    scope: { kind: 'all' },
    action: 'ec2:DescribeVpcs',
    reason,
    message,
    remedy: awsRemedy(reason, 'ec2:DescribeVpcs'),
  }));

/** Reads the network of one VPC and its instances; each slice on its own, so that a refusal costs only that one. */
export async function readVpcSlices(ec2: EC2Client, vpcId: string, book: Ledger): Promise<VpcSlices> {
  const read = <T>(operation: string, slices: VpcSliceName[], run: () => Promise<T[]>): Promise<T[]> =>
    book.read(
      { action: `ec2:${operation}`, hides: slices.map((slice) => ({ slice, scope: { kind: 'all' } })) },
      [],
      run,
    );

  const vpcWithOptions = async () => {
    const vpcs = await read('DescribeVpcs', ['vpcs', 'dhcpOptions'], () => readVpc(ec2, vpcId));
    const ids = vpcs.map(({ dhcpOptionsId }) => dhcpOptionsId);
    return { vpcs, dhcpOptions: await read('DescribeDhcpOptions', ['dhcpOptions'], () => readDhcpOptions(ec2, ids)) };
  };
  const readingInterfaces = read('DescribeNetworkInterfaces', ['networkInterfaces'], () =>
    readNetworkInterfaces(ec2, vpcId),
  );
  const readingRouteTables = read('DescribeRouteTables', ['routeTables'], () => readRouteTables(ec2, vpcId));
  const groupsWithRules = async () => {
    const slices: VpcSliceName[] = ['securityGroups', 'prefixLists'];
    const own = await read('DescribeSecurityGroups', slices, () => readSecurityGroups(ec2, inVpc(vpcId)));
    // Groups of other VPCs can be associated with this one, and shared (VPC user guide, "Associate security groups").
    const attached = new Set((await readingInterfaces).flatMap(({ securityGroups }) => securityGroups));
    const others = [...attached.difference(new Set(own.map(({ id }) => id)))];
    const foreign =
      own.length === 0 || others.length === 0
        ? []
        : await read('DescribeSecurityGroups', slices, () => readSecurityGroups(ec2, withIds(others)));
    const bare = [...own, ...foreign];
    // A group without its rules would look like one that lets nothing in.
    const securityGroups = await read('DescribeSecurityGroupRules', slices, () => withRules(ec2, bare));
    const lists = prefixListIds(securityGroups, await readingRouteTables).map((id) =>
      read('GetManagedPrefixListEntries', ['prefixLists'], async () => [await readPrefixList(ec2, id)]),
    );
    return { securityGroups, prefixLists: (await Promise.all(lists)).flat() };
  };

  const [instances, networkInterfaces, networkAcls, subnets, routeTables, vpc, groups, endpointServices] =
    await Promise.all([
      read('DescribeInstances', ['instances'], () => readInstances(ec2, vpcId)),
      readingInterfaces,
      read('DescribeNetworkAcls', ['networkAcls'], () => readNetworkAcls(ec2, vpcId)),
      read('DescribeSubnets', ['subnets'], () => readSubnets(ec2, vpcId)),
      readingRouteTables,
      vpcWithOptions(),
      groupsWithRules(),
      read('DescribeVpcEndpointServiceConfigurations', ['endpointServices'], () => readEndpointServices(ec2)),
    ]);
  return { instances, networkInterfaces, networkAcls, subnets, routeTables, endpointServices, ...vpc, ...groups };
}
