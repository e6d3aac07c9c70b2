import {
  type _InstanceType,
  AssignPrivateIpAddressesCommand,
  AttachNetworkInterfaceCommand,
  CreateNetworkInterfaceCommand,
  type EC2Client,
  RunInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import type { Instance, NetworkInterface } from '../../../core/model/aws.ts';
import type { World } from '../../../lab/world/world.ts';
import { type Names, tagList } from './names.ts';

/** Makes the instances with their first network interface, then the other network interfaces. */
export async function makeInstances(ec2: EC2Client, world: World, names: Names): Promise<void> {
  for (const instance of world.instances) await makeInstance(ec2, instance, world, names);
  const primary = world.instances.map(({ id }) => firstInterface(id, world).id);
  for (const each of world.networkInterfaces.filter(({ id }) => !primary.includes(id))) {
    await makeInterface(ec2, each, names);
  }
}

/** Stops the instances that do not run; only a running instance can be registered as a target. */
export async function stopInstances(ec2: EC2Client, { instances }: World, names: Names): Promise<void> {
  const InstanceIds = instances.filter(({ state }) => state === 'stopped').map(({ id }) => names.get(id));
  await ec2.send(new StopInstancesCommand({ InstanceIds }));
}

const firstInterface = (instanceId: string, { networkInterfaces }: World): NetworkInterface => {
  const found = networkInterfaces.find((each) => each.instanceId === instanceId && each.deviceIndex === 0);
  if (found === undefined) throw new Error(`${instanceId} has no network interface`);
  return found;
};

async function makeInstance(ec2: EC2Client, instance: Instance, world: World, names: Names): Promise<void> {
  const first = firstInterface(instance.id, world);
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: instance.imageId,
      InstanceType: instance.type as _InstanceType,
      MinCount: 1,
      MaxCount: 1,
      SubnetId: names.get(instance.subnetId),
      SecurityGroupIds: first.securityGroups.map(names.get),
      ...(instance.privateIp !== undefined && { PrivateIpAddress: instance.privateIp }),
      TagSpecifications: [{ ResourceType: 'instance', Tags: tagList(instance.tags) }],
    }),
  );
  names.set(instance.id, Instances[0]?.InstanceId);
  names.set(first.id, Instances[0]?.NetworkInterfaces?.[0]?.NetworkInterfaceId);
}

async function makeInterface(ec2: EC2Client, each: NetworkInterface, names: Names): Promise<void> {
  const [PrivateIpAddress, ...others] = each.privateIps;
  const { NetworkInterface: made } = await ec2.send(
    new CreateNetworkInterfaceCommand({
      SubnetId: names.get(each.subnetId),
      Description: each.description,
      Groups: each.securityGroups.map(names.get),
      PrivateIpAddress,
    }),
  );
  names.set(each.id, made?.NetworkInterfaceId);
  const NetworkInterfaceId = names.get(each.id);
  if (others.length > 0) {
    await ec2.send(new AssignPrivateIpAddressesCommand({ NetworkInterfaceId, PrivateIpAddresses: others }));
  }
  if (each.instanceId === undefined) return;
  const attachment = { InstanceId: names.get(each.instanceId), DeviceIndex: each.deviceIndex };
  await ec2.send(new AttachNetworkInterfaceCommand({ NetworkInterfaceId, ...attachment }));
}
