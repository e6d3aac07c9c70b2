import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeSecurityGroupsCommand, type EC2Client, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import {
  DeregisterTargetsCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  ModifyTargetGroupCommand,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AdminClient } from '../kubernetes/admin-client.ts';
import type { Case, Step } from './cases.ts';
import { isClientRule } from './client-rule.ts';
import type { LiveCluster } from './live-cluster.ts';
import { deleteLive, giveLive } from './live-service.ts';
import { giveShape, plainWorld, type Shape } from './mirror.ts';

/** What a person has to change things with. */
export type Hands = Pick<LiveCluster, 'plane' | 'ec2' | 'elbv2' | 'names'>;

/** Does the same to the real controllers, and waits until they are done with it. */
export async function perform(live: LiveCluster, { name }: Case, step: Step): Promise<void> {
  const { admin } = live.plane;
  // Events know seconds only: what fails has to come in a later one than what went well before.
  await sleep(1000);
  if ('change' in step) {
    await live.controller.after(name, () => giveLive(admin, giveShape(plainWorld(), name, step.change)));
  }
  if ('delete' in step) await deleteLive(admin, name);
  if ('labelNode' in step) await live.controller.after(name, () => labelFirstNode(admin, step.labelNode, ''));
  if ('setByHand' in step) await setByHand(live, name, step.setByHand);
  if ('revokeRules' in step) await revokeClientRules(live.ec2);
  if ('deregister' in step) await deregisterOne(live, name);
  if ('forgetCheckpoint' in step) await live.controller.after(name, () => forgetCheckpoints(admin));
}

/** Has the controller make and remove another Service: by then it has looked at all that came before. */
export async function letPass(live: LiveCluster): Promise<void> {
  const { admin } = live.plane;
  const ports: Shape['ports'] = [{ name: 'p81', port: 81, targetPort: 8080, nodePort: 30181 }];
  await live.controller.after('passing', () => giveLive(admin, giveShape(plainWorld(), 'passing', { ports })));
  await deleteLive(admin, 'passing');
}

/**
 * Takes a step back that would outlast the Service: without the annotation of its type, cloud-provider-aws looks for a Classic
 * Load Balancer, finds none, and leaves all that it made behind (aws.go, EnsureLoadBalancerDeleted).
 */
export async function undo(live: LiveCluster, { name, shape }: Case, step: Step): Promise<void> {
  const { plane } = live;
  // A node that comes back while the Service goes makes the controller build again what it has just removed.
  if ('labelNode' in step) await live.controller.after(name, () => labelFirstNode(plane.admin, step.labelNode, null));
  if ('change' in step && step.change.without !== undefined)
    await giveLive(plane.admin, giveShape(plainWorld(), name, shape));
}

/** `null` takes the label away. */
async function labelFirstNode(admin: AdminClient, label: string, value: string | null): Promise<void> {
  const { body } = await admin.call('GET', '/api/v1/nodes');
  const path = `/api/v1/nodes/${body.items[0].metadata.name}`;
  const { status } = await admin.call('PATCH', path, { metadata: { labels: { [label]: value } } });
  if (status !== 200) throw new Error(`PATCH ${path}: ${status}`);
}

async function forgetCheckpoints(admin: AdminClient): Promise<void> {
  const path = '/apis/elbv2.k8s.aws/v1beta1/namespaces/live/targetgroupbindings';
  const { body } = await admin.call('GET', path);
  for (const { metadata } of body.items) {
    const change = { metadata: { annotations: { 'elbv2.k8s.aws/checkpoint': null } } };
    const { status } = await admin.call('PATCH', `${path}/${metadata.name}`, change);
    if (status !== 200) throw new Error(`PATCH ${metadata.name}: ${status}`);
  }
}

async function setByHand(
  live: Hands,
  name: string,
  { intervalSeconds, unhealthyThreshold }: Extract<Step, { setByHand: object }>['setByHand'],
): Promise<void> {
  await modifyTargetGroup(live, name, {
    ...(intervalSeconds !== undefined && { HealthCheckIntervalSeconds: intervalSeconds }),
    ...(unhealthyThreshold !== undefined && { UnhealthyThresholdCount: unhealthyThreshold }),
  });
}

/** Changes the one target group of the Service past its controller. */
export async function modifyTargetGroup(
  live: Hands,
  name: string,
  change: Omit<ModifyTargetGroupCommand['input'], 'TargetGroupArn'>,
): Promise<void> {
  await live.elbv2.send(new ModifyTargetGroupCommand({ TargetGroupArn: await targetGroupOf(live, name), ...change }));
}

/** Takes the first target, by the names of the world, out of the target group of the Service. */
export async function deregisterOne(live: Hands, name: string): Promise<void> {
  const TargetGroupArn = await targetGroupOf(live, name);
  const { TargetHealthDescriptions = [] } = await live.elbv2.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  const idOf = ({ Target }: TargetHealthDescription) => live.names.translate(Target?.Id ?? '');
  const [first] = TargetHealthDescriptions.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  if (first?.Target === undefined) throw new Error(`Service ${name} has no target`);
  await live.elbv2.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets: [first.Target] }));
}

async function targetGroupOf({ plane, elbv2 }: Hands, name: string): Promise<string> {
  const { body } = await plane.admin.call('GET', `/api/v1/namespaces/live/services/${name}`);
  const host: string = body.status.loadBalancer.ingress[0].hostname;
  const LoadBalancerArn = await balancerAt(elbv2, host);
  const { TargetGroups: [group] = [] } = await elbv2.send(new DescribeTargetGroupsCommand({ LoadBalancerArn }));
  if (group?.TargetGroupArn === undefined) throw new Error(`Service ${name} has no target group`);
  return group.TargetGroupArn;
}

async function balancerAt(elbv2: ElasticLoadBalancingV2Client, host: string): Promise<string | undefined> {
  const { LoadBalancers = [] } = await elbv2.send(new DescribeLoadBalancersCommand());
  const found = LoadBalancers.find(({ DNSName }) => DNSName === host)?.LoadBalancerArn;
  if (found === undefined) throw new Error(`no load balancer has the address ${host}`);
  return found;
}

/** Revokes the rules that let clients of any Service in. */
export async function revokeClientRules(ec2: EC2Client): Promise<void> {
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand());
  for (const { GroupId, IpPermissions = [] } of SecurityGroups) {
    for (const { IpProtocol, FromPort, ToPort, IpRanges = [], UserIdGroupPairs = [] } of IpPermissions) {
      const peers = { IpRanges: IpRanges.filter(isClients), UserIdGroupPairs: UserIdGroupPairs.filter(isClients) };
      if (peers.IpRanges.length + peers.UserIdGroupPairs.length === 0) continue;
      const revoked = [{ IpProtocol, FromPort, ToPort, ...peers }];
      await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: revoked }));
    }
  }
}

const isClients = ({ Description = '' }: { Description?: string | undefined }): boolean => isClientRule(Description);
