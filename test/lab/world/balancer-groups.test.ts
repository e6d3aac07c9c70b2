import { expect, test } from 'vitest';
import type { ServicePort } from '../../../core/model/kubernetes.ts';
import { settle } from '../../../lab/settle.ts';
import { nodeSecurityGroup } from '../../../lab/world/cluster.ts';
import { objectsOf } from '../../../lab/world/object.ts';
import type { World } from '../../../lab/world/world.ts';
import { cluster, nodePort, oneService, service } from './one-service.ts';

const second: ServicePort = { name: 'https', protocol: 'TCP', port: 443, targetPort: 8080, nodePort: 30443 };

const isOwn = ({ tags }: { tags: Record<string, string> }): boolean =>
  tags['service.k8s.aws/resource'] === 'ManagedLBSecurityGroup';

/** Who may go where through the load balancer's own security group. */
const admitted = (world: World): string[] =>
  world.securityGroups
    .filter(isOwn)
    .flatMap(({ rules }) => rules)
    .filter(({ egress }) => !egress)
    .map(({ fromPort, cidrIpv4 }) => `${fromPort} from ${cidrIpv4}`);
/** The rules from the group that all load balancers share. */
const shared = (world: World): string[] =>
  nodeSecurityGroup(world, cluster(world))
    .rules.filter(({ description }) => description === 'elbv2.k8s.aws/targetGroupBinding=shared')
    .map(
      ({ fromPort, toPort, cidrIpv4 }) => `${fromPort}-${toPort}${cidrIpv4 === undefined ? '' : ` from ${cidrIpv4}`}`,
    );

test('clients are let in at a port that the Service gets, and no more at one that it loses; the nodes open as far', () => {
  const one = oneService();
  const [first] = service(one).spec.ports;
  service(one).spec.ports = [first, second];
  const two = settle(one);
  expect(admitted(two)).toEqual(['80 from 0.0.0.0/0', '443 from 0.0.0.0/0']);
  expect(shared(two)).toEqual([[first.nodePort ?? 0, 30443].toSorted((a, b) => a - b).join('-')]);
  service(two).spec.ports = [second];
  const left = settle(two);
  expect(admitted(left)).toEqual(['443 from 0.0.0.0/0']);
  expect(shared(left)).toEqual(['30443-30443']);
});

test('clients are let in from the ranges that the Service says today', () => {
  const world = oneService({ loadBalancerSourceRanges: ['192.0.2.0/24'] });
  service(world).spec.loadBalancerSourceRanges = ['198.51.100.0/24'];
  expect(admitted(settle(world))).toEqual(['80 from 198.51.100.0/24']);
});

test('a rule that a person removed stays away while the Service is as it was', () => {
  const world = oneService();
  for (const group of world.securityGroups.filter(isOwn)) group.rules = group.rules.filter(({ egress }) => egress);
  expect(admitted(settle(world))).toEqual([]);
});

test('without security groups the nodes are open to each range of the VPC', () => {
  const annotations = { 'service.beta.kubernetes.io/aws-load-balancer-disable-nlb-sg': 'true' };
  const world = oneService({ annotations });
  const port = nodePort(world);
  expect(shared(world)).toEqual(world.vpcs[0]?.cidrs.map((cidr) => `${port}-${port} from ${cidr}`));
});

test('a load balancer that is to face the internet is refused where every subnet is private', () => {
  const annotations = { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' };
  const world = oneService({ annotations });
  expect(world.loadBalancers).toEqual([]);
  expect(objectsOf(cluster(world), 'Event').map(({ message }) => message)).toContainEqual(
    expect.stringContaining('unable to resolve at least one subnet. Evaluated 0 subnets'),
  );
});
