import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoWorld } from '../../../lab/demo.ts';
import type { Lab } from '../../../lab/lab.ts';
import { startLab } from '../../../lab/start.ts';
import type { World } from '../../../lab/world/world.ts';
import { output } from '../../lab/wire/command-line.ts';
import { assertConforming } from '../../service-model/assert-conforming.ts';
import { findEngine } from '../engines/aws-cli.ts';

const world = demoWorld();
const [group] = world.targetGroups;
const [balancer] = world.loadBalancers;
const [{ cluster } = { cluster: undefined }] = world.clusters;
if (group === undefined || balancer === undefined || cluster === undefined) throw new Error('the demo lacks something');

const inVpc = `--filters Name=vpc-id,Values=${world.prober.vpcId}`;
const ids = (list: { id: string }[]): string[] => list.map(({ id }) => id).toSorted();
const pairs = (map: Record<string, string>) => Object.entries(map).map(([Key, Value]) => ({ Key, Value }));

/** What the product asks, by hand: command, what is looked at of the answer, and what the world says. */
const questions: [command: string, query: string, expected: (world: World) => unknown][] = [
  ['sts get-caller-identity', 'Account', ({ account }) => account],
  ['eks list-clusters', 'sort(clusters)', ({ clusters }) => clusters.map((each) => each.cluster.name).toSorted()],
  [
    `eks describe-cluster --name ${cluster.name}`,
    'cluster.[arn, version, status, resourcesVpcConfig.vpcId, accessConfig.authenticationMode]',
    () => [cluster.arn, cluster.version, cluster.status, cluster.vpcId, cluster.authenticationMode],
  ],
  [
    'elbv2 describe-load-balancers',
    'sort(LoadBalancers[].LoadBalancerArn)',
    ({ loadBalancers }) => loadBalancers.map(({ arn }) => arn).toSorted(),
  ],
  [
    'elbv2 describe-target-groups',
    'sort(TargetGroups[].TargetGroupArn)',
    ({ targetGroups }) => targetGroups.map(({ arn }) => arn).toSorted(),
  ],
  [
    `elbv2 describe-target-group-attributes --target-group-arn ${group.arn}`,
    'sort_by(Attributes, &Key)',
    () => pairs(group.attributes).toSorted((a, b) => (a.Key < b.Key ? -1 : 1)),
  ],
  [`elbv2 describe-tags --resource-arns ${group.arn}`, 'TagDescriptions[0].Tags', () => pairs(group.tags)],
  [
    `elbv2 describe-listeners --load-balancer-arn ${balancer.arn}`,
    'Listeners[].[ListenerArn, Port]',
    ({ listeners }) =>
      listeners.filter(({ loadBalancerArn }) => loadBalancerArn === balancer.arn).map(({ arn, port }) => [arn, port]),
  ],
  [
    `elbv2 describe-load-balancer-attributes --load-balancer-arn ${balancer.arn}`,
    'length(Attributes)',
    () => Object.keys(balancer.attributes).length,
  ],
  [`ec2 describe-vpcs ${inVpc}`, 'Vpcs[].VpcId', ({ vpcs }) => ids(vpcs)],
  [`ec2 describe-subnets ${inVpc}`, 'sort(Subnets[].SubnetId)', ({ subnets }) => ids(subnets)],
  [`ec2 describe-route-tables ${inVpc}`, 'RouteTables[].RouteTableId', ({ routeTables }) => ids(routeTables)],
  [`ec2 describe-network-acls ${inVpc}`, 'NetworkAcls[].NetworkAclId', ({ networkAcls }) => ids(networkAcls)],
  [
    `ec2 describe-security-groups ${inVpc} --page-size 5`,
    'sort(SecurityGroups[].GroupId)',
    ({ securityGroups }) => ids(securityGroups),
  ],
  [
    `ec2 describe-network-interfaces ${inVpc} --page-size 5`,
    'sort(NetworkInterfaces[].NetworkInterfaceId)',
    ({ networkInterfaces }) => ids(networkInterfaces),
  ],
  [
    `ec2 describe-instances ${inVpc} --page-size 5`,
    'sort(Reservations[].Instances[].InstanceId)',
    ({ instances }) => ids(instances),
  ],
  ['ec2 describe-dhcp-options', 'DhcpOptions[].DhcpOptionsId', ({ dhcpOptions }) => ids(dhcpOptions)],
  [
    'ec2 describe-security-group-rules --page-size 5',
    'length(SecurityGroupRules)',
    ({ securityGroups }) => securityGroups.flatMap(({ rules }) => rules).length,
  ],
];

describe.skipIf(!findEngine().found)('aws-cli', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab(world, { sockets: false });
  });
  afterAll(async () => {
    await lab.close();
    assertConforming(lab.calls);
  });

  const ask = async (command: string, query: string): Promise<unknown> =>
    JSON.parse(await output('aws', [...command.split(' '), '--query', query, '--output', 'json'], lab.env));

  test.each(questions)('%s', async (command, query, expected) => {
    expect(await ask(command, query)).toEqual(expected(world));
  });

  test('elbv2 describe-target-groups page by page', async () => {
    const arns: unknown[] = [];
    let marker: unknown;
    do {
      const next = typeof marker === 'string' ? ` --marker ${marker}` : '';
      // One after the other: a page names the next one.
      const page = await ask(
        `elbv2 describe-target-groups --page-size 5${next}`,
        '[TargetGroups[].TargetGroupArn, NextMarker]',
      );
      const [found, nextMarker] = page as [unknown[], unknown];
      expect(found.length).toBeLessThanOrEqual(5);
      arns.push(...found);
      marker = nextMarker;
    } while (marker !== null);
    expect(arns).toEqual(world.targetGroups.map(({ arn }) => arn));
  });

  test('the health of every target', async () => {
    const query = 'TargetHealthDescriptions[].[Target.Id, Target.Port, TargetHealth.State, TargetHealth.Reason]';
    for (const { arn } of world.targetGroups) {
      const targets = world.targetHealth.filter(({ targetGroupArn }) => targetGroupArn === arn);
      expect(await ask(`elbv2 describe-target-health --target-group-arn ${arn}`, query)).toEqual(
        targets.map(({ id, port, state, reason = null }) => [id, port, state, reason]),
      );
    }
  });
});
