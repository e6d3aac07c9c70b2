import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World } from '../../../lab/world/world.ts';
import { makeInstances, stopInstances } from './make-instances.ts';
import { makeLoadBalancers } from './make-load-balancers.ts';
import { makeNetwork } from './make-network.ts';
import { makeSecurityGroups } from './make-security-groups.ts';
import { type Names, noNames } from './names.ts';

/** Makes in moto what a world holds of EC2 and Elastic Load Balancing, by the calls that make it in AWS. */
export async function makeWorld(url: string, world: World): Promise<Names> {
  const settings = {
    endpoint: url,
    region: world.region,
    credentials: { accessKeyId: 'moto', secretAccessKey: 'moto' },
    maxAttempts: 1,
  };
  const ec2 = new EC2Client(settings);
  const elbv2 = new ElasticLoadBalancingV2Client(settings);
  const names = noNames();
  await makeNetwork(ec2, world, names);
  await makeSecurityGroups(ec2, world, names);
  await makeInstances(ec2, world, names);
  await makeLoadBalancers(elbv2, world, names);
  await stopInstances(ec2, world, names);
  for (const client of [ec2, elbv2]) client.destroy();
  return names;
}
