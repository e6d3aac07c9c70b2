import type { NetworkAcl } from '../../../core/model/aws.ts';
import { copyOf } from '../../copy.ts';
import { resourceId } from '../identifier.ts';
import type { World } from '../world.ts';
import { addSubnet } from './subnet.ts';

/** Names of the subnets for load balancers alone, in which clients from the Internet arrive: one in each of three zones. */
export const edgeSubnets = ['a', 'b', 'c'].map((letter) => `edge-${letter}`);

/** Adds them where they are not there yet, with a route to an internet gateway; returns the network ACL that they have in common. */
export function addEdgeSubnets(world: World): NetworkAcl {
  const id = resourceId('acl', 'edge');
  const existing = world.networkAcls.find((acl) => acl.id === id);
  if (existing !== undefined) return existing;
  const [main] = world.networkAcls;
  const acl: NetworkAcl = {
    id,
    vpcId: world.vpcs[0]?.id ?? '',
    isDefault: false,
    subnetIds: [],
    entries: copyOf(main?.entries ?? []),
    tags: { Name: 'edge' },
  };
  const local = world.routeTables[0]?.routes.filter(({ target }) => target === 'local') ?? [];
  const subnets = edgeSubnets.map((name, index) => {
    const zone = `${world.region}${name.at(-1)}`;
    const subnet = addSubnet(world, { zone, cidr: `${world.network}.${240 + index}.0/24` });
    subnet.tags = { Name: name, 'kubernetes.io/role/elb': '1' };
    return subnet;
  });
  const ids = subnets.map((subnet) => subnet.id);
  for (const each of [...world.routeTables, ...world.networkAcls])
    each.subnetIds = each.subnetIds.filter((subnetId) => !ids.includes(subnetId));
  acl.subnetIds = ids;
  world.networkAcls.push(acl);
  world.routeTables.push({
    id: resourceId('rtb', 'edge'),
    vpcId: acl.vpcId,
    main: false,
    subnetIds: ids,
    routes: [...local, { destination: '0.0.0.0/0', target: resourceId('igw', 'main'), state: 'active' }],
  });
  return acl;
}
