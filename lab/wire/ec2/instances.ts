import type { Instance } from '../../../core/model/aws.ts';
import type { World } from '../../world/world.ts';
import type { XmlValue } from '../aws/xml.ts';
import { listing, tagSet } from './listing.ts';
import { groupSet, showNetworkInterface } from './network-interfaces.ts';

/** Codes of `InstanceState` in the EC2 API reference. */
const stateCodes: Record<string, number> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

const interfacesOf = (instance: Instance, world: World) =>
  world.networkInterfaces
    .filter((each) => each.instanceId === instance.id)
    .toSorted((a, b) => (a.deviceIndex ?? 0) - (b.deviceIndex ?? 0));

const shared = {
  items: (world: World) => world.instances,
  id: (instance: Instance) => instance.id,
  byId: { parameter: 'InstanceId', notFound: 'InvalidInstanceID.NotFound' },
  pagesExcludeIds: true,
} as const;

/** DescribeInstances; every instance is a reservation of its own. */
export const describeInstances = listing<Instance>({
  ...shared,
  set: 'reservationSet',
  tags: (instance) => instance.tags,
  filters: {
    'instance-id': (instance) => [instance.id],
    'instance-state-name': (instance) => [instance.state],
    'vpc-id': (instance) => [instance.vpcId],
    'subnet-id': (instance) => [instance.subnetId],
    'availability-zone': (instance) => [instance.zone],
    'instance-type': (instance) => [instance.type],
    'private-dns-name': (instance) => [instance.privateDnsName],
    'private-ip-address': (instance) => [instance.privateIp],
    'instance.group-id': (instance, world) => interfacesOf(instance, world)[0]?.securityGroups ?? [],
    'network-interface.addresses.private-ip-address': (instance, world) =>
      interfacesOf(instance, world).flatMap((each) => each.privateIps),
  },
  show: (instance, world) => ({
    reservationId: instance.id.replace('i-', 'r-'),
    ownerId: world.account,
    groupSet: [],
    instancesSet: [showInstance(instance, world)],
  }),
});

/** DescribeInstanceStatus; only running instances unless `IncludeAllInstances`. */
export const describeInstanceStatus = listing<Instance>({
  ...shared,
  set: 'instanceStatusSet',
  filters: {
    'availability-zone': (instance) => [instance.zone],
    'instance-state-name': (instance) => [instance.state],
  },
  admits: (instance, { IncludeAllInstances }) => IncludeAllInstances === 'true' || instance.state === 'running',
  show: (instance) => {
    const status = { status: instance.state === 'running' ? 'ok' : 'not-applicable', details: [] };
    return {
      availabilityZone: instance.zone,
      instanceId: instance.id,
      instanceState: showState(instance),
      instanceStatus: status,
      systemStatus: status,
    };
  },
});

const showState = ({ state }: Instance): XmlValue => ({ code: stateCodes[state], name: state });

function showInstance(instance: Instance, world: World): XmlValue {
  const interfaces = interfacesOf(instance, world);
  return {
    instanceId: instance.id,
    imageId: instance.imageId,
    instanceState: showState(instance),
    privateDnsName: instance.privateDnsName,
    privateIpAddress: instance.privateIp,
    ipv6Address: instance.ipv6Addresses[0],
    instanceType: instance.type,
    launchTime: instance.launchedAt,
    placement: { availabilityZone: instance.zone, tenancy: 'default' },
    subnetId: instance.subnetId,
    vpcId: instance.vpcId,
    architecture: 'x86_64',
    privateDnsNameOptions: instance.hostnameType === undefined ? undefined : { hostnameType: instance.hostnameType },
    groupSet: groupSet(interfaces[0]?.securityGroups ?? [], world),
    networkInterfaceSet: interfaces.map((each) => showNetworkInterface(each, world)),
    tagSet: tagSet(instance.tags),
  };
}
