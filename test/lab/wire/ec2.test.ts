import {
  DescribeDhcpOptionsCommand,
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribePrefixListsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  DescribeVpcEndpointServiceConfigurationsCommand,
  DescribeVpcsCommand,
  EC2Client,
  GetManagedPrefixListEntriesCommand,
  paginateDescribeInstances,
} from '@aws-sdk/client-ec2';
import { describe, expect } from 'vitest';
import { clientOf, test } from './lab-fixture.ts';
import { vpcId } from './small-world.ts';

describe('EC2 of the lab', () => {
  test('describes instances with their interfaces, groups, state and tags', async ({ start }) => {
    const ec2 = new EC2Client(clientOf(await start()));
    const { Reservations = [] } = await ec2.send(
      new DescribeInstancesCommand({ InstanceIds: ['i-00000000000000001'] }),
    );
    expect(Reservations[0]?.Instances).toMatchObject([
      {
        InstanceId: 'i-00000000000000001',
        State: { Code: 16, Name: 'running' },
        PrivateIpAddress: '10.0.1.10',
        LaunchTime: new Date('2026-10-01T08:00:00.000Z'),
        PrivateDnsNameOptions: { HostnameType: 'ip-name' },
        SecurityGroups: [{ GroupId: 'sg-0aaaaaaaaaaaaaaa1', GroupName: 'nodes' }],
        NetworkInterfaces: [{ PrivateIpAddresses: [{ Primary: true }, { PrivateIpAddress: '10.0.1.20' }] }],
        Tags: [{ Key: 'Name', Value: 'node-1' }],
      },
    ]);
  });

  test('pages through instances five at a time', async ({ start }) => {
    const client = new EC2Client(clientOf(await start()));
    const pages: number[] = [];
    for await (const page of paginateDescribeInstances({ client, pageSize: 5 }, {})) {
      pages.push(page.Reservations?.length ?? 0);
    }
    expect(pages).toEqual([5, 5, 2]);
  });

  test.for([{ MaxResults: 4 }, { MaxResults: 1001 }, { NextToken: 'mine' }])(
    'refuses the page request %o',
    async (input, { start }) => {
      const ec2 = new EC2Client(clientOf(await start()));
      await expect(ec2.send(new DescribeInstancesCommand(input))).rejects.toMatchObject({
        name: 'InvalidParameterValue',
      });
    },
  );

  test('refuses a page size above 100 for route tables', async ({ start }) => {
    const ec2 = new EC2Client(clientOf(await start()));
    const asked = ec2.send(new DescribeRouteTablesCommand({ MaxResults: 101 }));
    await expect(asked).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  test('refuses instance ids together with a page size', async ({ start }) => {
    const ec2 = new EC2Client(clientOf(await start()));
    const asked = ec2.send(new DescribeInstancesCommand({ InstanceIds: ['i-00000000000000001'], MaxResults: 5 }));
    await expect(asked).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
  });

  test('names an instance that does not exist', async ({ start }) => {
    const ec2 = new EC2Client(clientOf(await start()));
    const asked = ec2.send(new DescribeInstancesCommand({ InstanceIds: ['i-0dead'] }));
    await expect(asked).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' });
  });

  test('combines filters with and, their values with or, and takes wildcards and tags', async ({ start }) => {
    const ec2 = new EC2Client(clientOf(await start()));
    const { Reservations = [] } = await ec2.send(
      new DescribeInstancesCommand({
        Filters: [
          { Name: 'tag:Name', Values: ['node-1*', 'node-2'] },
          { Name: 'instance-state-name', Values: ['running'] },
        ],
      }),
    );
    const names = Reservations.flatMap(({ Instances = [] }) => Instances.map(({ Tags }) => Tags?.[0]?.Value));
    expect(names).toEqual(['node-1', 'node-2', 'node-10', 'node-11']);
  });

  test('refuses a filter that EC2 does not have', async ({ start }) => {
    const ec2 = new EC2Client(clientOf(await start()));
    const asked = ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: 'colour', Values: ['red'] }] }));
    await expect(asked).rejects.toThrow("The filter 'colour' is invalid");
  });

  test('shows the status of stopped instances only when asked', async ({ start }) => {
    const ec2 = new EC2Client(clientOf(await start()));
    const running = await ec2.send(new DescribeInstanceStatusCommand({}));
    const all = await ec2.send(new DescribeInstanceStatusCommand({ IncludeAllInstances: true }));
    expect([running.InstanceStatuses?.length, all.InstanceStatuses?.length]).toEqual([11, 12]);
    expect(running.InstanceStatuses?.[0]).toMatchObject({
      InstanceStatus: { Status: 'ok' },
      SystemStatus: { Status: 'ok' },
    });
  });

  test('finds interfaces by secondary address, by description pattern and by instance', async ({ start }) => {
    const ec2 = new EC2Client(clientOf(await start()));
    const find = async (Name: string, value: string) => {
      const filter = { Name, Values: [value] };
      const answer = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters: [filter] }));
      return answer.NetworkInterfaces?.map(({ NetworkInterfaceId }) => NetworkInterfaceId);
    };
    expect(await find('addresses.private-ip-address', '10.0.1.20')).toEqual(['eni-0aaaaaaaaaaaaaaa1']);
    expect(await find('description', 'ELB net/k8s-shop-*')).toEqual(['eni-0aaaaaaaaaaaaaaa2']);
    expect(await find('attachment.instance-id', 'i-00000000000000001')).toEqual(['eni-0aaaaaaaaaaaaaaa1']);
    expect(await find('private-ip-address', '10.0.1.20')).toEqual([]);
  });

  test('groups the rules of a security group by protocol and ports', async ({ start }) => {
    const ec2 = new EC2Client(clientOf(await start()));
    const { SecurityGroups = [] } = await ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: ['sg-0aaaaaaaaaaaaaaa1'] }),
    );
    expect(SecurityGroups).toMatchObject([
      {
        GroupName: 'nodes',
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 30000,
            ToPort: 32767,
            IpRanges: [{ CidrIp: '10.0.0.0/16', Description: 'a & b <c>' }],
            UserIdGroupPairs: [{ GroupId: 'sg-0aaaaaaaaaaaaaaa1', UserId: '111122223333' }],
          },
        ],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
    ]);
    expect(SecurityGroups[0]?.IpPermissionsEgress?.[0]).not.toHaveProperty('FromPort');
  });

  test('lists security group rules one by one', async ({ start }) => {
    const ec2 = new EC2Client(clientOf(await start()));
    const { SecurityGroupRules } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: ['sg-0aaaaaaaaaaaaaaa1'] }] }),
    );
    expect(SecurityGroupRules).toMatchObject([
      { SecurityGroupRuleId: 'sgr-01', IsEgress: false, CidrIpv4: '10.0.0.0/16' },
      { SecurityGroupRuleId: 'sgr-02', ReferencedGroupInfo: { GroupId: 'sg-0aaaaaaaaaaaaaaa1' } },
      { SecurityGroupRuleId: 'sgr-03', IsEgress: true, IpProtocol: '-1', FromPort: -1, ToPort: -1 },
    ]);
  });

  test('describes what surrounds the instances', async ({ start }) => {
    const ec2 = new EC2Client(clientOf(await start()));
    const inVpc = { Filters: [{ Name: 'vpc-id', Values: [vpcId] }] };
    expect((await ec2.send(new DescribeVpcsCommand({}))).Vpcs).toMatchObject([
      { VpcId: vpcId, CidrBlock: '10.0.0.0/16', CidrBlockAssociationSet: [{}, { CidrBlock: '100.64.0.0/16' }] },
    ]);
    expect((await ec2.send(new DescribeSubnetsCommand(inVpc))).Subnets).toHaveLength(2);
    expect((await ec2.send(new DescribeNetworkAclsCommand(inVpc))).NetworkAcls).toMatchObject([
      {
        IsDefault: true,
        Associations: [{}, {}],
        Entries: [{ PortRange: { From: 0, To: 65535 } }, { RuleAction: 'deny' }],
      },
    ]);
    expect((await ec2.send(new DescribeRouteTablesCommand(inVpc))).RouteTables).toMatchObject([
      {
        Associations: [{ Main: true }, { Main: false, SubnetId: 'subnet-0aaaaaaaaaaaaaaa1' }],
        Routes: [{ GatewayId: 'local' }, { NatGatewayId: 'nat-0aaaaaaaaaaaaaaa1', State: 'blackhole' }],
      },
    ]);
    expect((await ec2.send(new DescribeDhcpOptionsCommand({}))).DhcpOptions?.[0]?.DhcpConfigurations).toEqual([
      { Key: 'domain-name', Values: [{ Value: 'eu-west-1.compute.internal' }] },
      { Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] },
    ]);
  });

  test('describes endpoint services with their load balancers', async ({ start }) => {
    const ec2 = new EC2Client(clientOf(await start()));
    const all = await ec2.send(new DescribeVpcEndpointServiceConfigurationsCommand({}));
    expect(all.ServiceConfigurations).toMatchObject([
      {
        ServiceId: 'vpce-svc-01',
        ServiceState: 'Available',
        NetworkLoadBalancerArns: [expect.stringContaining('net/')],
      },
    ]);
    const missing = new DescribeVpcEndpointServiceConfigurationsCommand({ ServiceIds: ['vpce-svc-02'] });
    await expect(ec2.send(missing)).rejects.toMatchObject({ name: 'InvalidVpcEndpointServiceId.NotFound' });
  });

  test('describes prefix lists in both forms, and their entries in pages', async ({ start }) => {
    const ec2 = new EC2Client(clientOf(await start()));
    const managed = await ec2.send(new DescribeManagedPrefixListsCommand({ PrefixListIds: ['pl-01'] }));
    const older = await ec2.send(new DescribePrefixListsCommand({}));
    const entries = await ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId: 'pl-01', MaxResults: 1 }));
    expect(managed.PrefixLists).toMatchObject([{ PrefixListId: 'pl-01', AddressFamily: 'IPv4', MaxEntries: 2 }]);
    expect(older.PrefixLists).toMatchObject([{ Cidrs: ['192.0.2.0/24', '198.51.100.0/24'] }]);
    expect(entries.Entries).toEqual([{ Cidr: '192.0.2.0/24' }]);
    expect(entries.NextToken).toBeTypeOf('string');
  });

  test('names an action that it does not serve', async ({ start }) => {
    const ec2 = new EC2Client(clientOf(await start()));
    await expect(ec2.send(new DescribeVolumesCommand({}))).rejects.toMatchObject({
      name: 'InvalidAction',
      message: expect.stringContaining('DescribeVolumes'),
    });
  });
});
