import { type Instance as Answer, type EC2Client, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import type { Instance } from '../../core/model/aws.ts';
import { byKey } from '../aws/by-key.ts';
import { known } from '../aws/known.ts';
import { pages } from '../aws/pages.ts';
import { timeOf } from '../aws/time.ts';
import { inVpc } from './in-vpc.ts';

/** Instances of one VPC in any state. */
export async function readInstances(ec2: EC2Client, vpcId: string): Promise<Instance[]> {
  const instances: Instance[] = [];
  for await (const { Reservations } of pages(
    paginateDescribeInstances({ client: ec2, pageSize: 1000 }, inVpc(vpcId)),
  )) {
    instances.push(...(Reservations ?? []).flatMap(({ Instances }) => Instances ?? []).map(project));
  }
  return instances;
}

const project = (instance: Answer): Instance =>
  known({
    id: instance.InstanceId ?? '',
    state: instance.State?.Name ?? '',
    type: instance.InstanceType ?? '',
    imageId: instance.ImageId ?? '',
    vpcId: instance.VpcId ?? '',
    subnetId: instance.SubnetId ?? '',
    zone: instance.Placement?.AvailabilityZone ?? '',
    privateIp: instance.PrivateIpAddress,
    ipv6Addresses: (instance.NetworkInterfaces ?? []).flatMap(({ Ipv6Addresses }) =>
      (Ipv6Addresses ?? []).map(({ Ipv6Address }) => Ipv6Address ?? ''),
    ),
    privateDnsName: instance.PrivateDnsName,
    hostnameType: instance.PrivateDnsNameOptions?.HostnameType,
    launchedAt: timeOf(instance.LaunchTime),
    tags: byKey(instance.Tags),
  });
