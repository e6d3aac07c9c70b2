import {
  type NetworkInterface as Answer,
  type EC2Client,
  paginateDescribeNetworkInterfaces,
} from '@aws-sdk/client-ec2';
import type { NetworkInterface } from '../../core/model/aws.ts';
import { known } from '../aws/known.ts';
import { pages } from '../aws/pages.ts';
import { inVpc } from './in-vpc.ts';

/** Network interfaces of one VPC. */
export async function readNetworkInterfaces(ec2: EC2Client, vpcId: string): Promise<NetworkInterface[]> {
  const interfaces: NetworkInterface[] = [];
  const answers = pages(paginateDescribeNetworkInterfaces({ client: ec2, pageSize: 1000 }, inVpc(vpcId)));
  for await (const { NetworkInterfaces } of answers) interfaces.push(...(NetworkInterfaces ?? []).map(project));
  return interfaces;
}

const project = (answer: Answer): NetworkInterface => {
  const prefixes = [
    ...(answer.Ipv4Prefixes ?? []).flatMap(({ Ipv4Prefix }) => Ipv4Prefix ?? []),
    ...(answer.Ipv6Prefixes ?? []).flatMap(({ Ipv6Prefix }) => Ipv6Prefix ?? []),
  ];
  return known({
    id: answer.NetworkInterfaceId ?? '',
    description: answer.Description ?? '',
    interfaceType: answer.InterfaceType ?? '',
    vpcId: answer.VpcId ?? '',
    subnetId: answer.SubnetId ?? '',
    zone: answer.AvailabilityZone ?? '',
    status: answer.Status ?? '',
    securityGroups: (answer.Groups ?? []).map(({ GroupId }) => GroupId ?? ''),
    privateIps: (answer.PrivateIpAddresses ?? [])
      .toSorted((a, b) => Number(b.Primary ?? false) - Number(a.Primary ?? false))
      .map(({ PrivateIpAddress }) => PrivateIpAddress ?? ''),
    ipv6Addresses: (answer.Ipv6Addresses ?? []).map(({ Ipv6Address }) => Ipv6Address ?? ''),
    prefixes: prefixes.length > 0 ? prefixes : undefined,
    instanceId: answer.Attachment?.InstanceId,
    deviceIndex: answer.Attachment?.DeviceIndex,
  });
};
