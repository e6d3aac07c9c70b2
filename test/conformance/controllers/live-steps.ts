import type { Case, Step } from './cases.ts';
import { type Hands, handsOn } from './hands.ts';
import type { LiveCluster } from './live-cluster.ts';
import { awaitController, deleteLive, giveLive } from './live-service.ts';
import { giveShape, plainWorld } from './mirror.ts';

/** Does the same to the real controllers, and waits until they are done with it. */
export async function perform(live: LiveCluster, { name }: Case, step: Step): Promise<void> {
  const { admin } = live.plane;
  const hands = handsOn(live);
  if ('change' in step) {
    await awaitController(live, name, () => giveLive(admin, giveShape(plainWorld(), name, step.change)));
  }
  if ('delete' in step) await deleteLive(admin, name);
  if ('labelNode' in step) await awaitController(live, name, () => labelFirstNode(hands, `${step.labelNode}=`));
  if ('setByHand' in step) await setByHand(hands, name, step.setByHand);
  if ('revokeRules' in step) await revokeClientRules(hands);
  if ('deregister' in step) await deregisterOne(hands, name);
}

/** Takes a step back that would be left behind by the deletion of the Service. */
export async function undo(live: LiveCluster, step: Step): Promise<void> {
  if ('labelNode' in step) await labelFirstNode(handsOn(live), `${step.labelNode}-`);
}

async function labelFirstNode({ kubectl }: Hands, label: string): Promise<void> {
  const [node = ''] = (await kubectl('get', 'nodes', '--output=name')).trim().split('\n');
  await kubectl('label', node, label);
}

async function setByHand(hands: Hands, name: string, settings: Extract<Step, { setByHand: object }>['setByHand']) {
  const options = {
    intervalSeconds: '--health-check-interval-seconds',
    unhealthyThreshold: '--unhealthy-threshold-count',
  };
  const chosen = Object.entries(settings).flatMap(([key, value]) => [options[key as keyof typeof options], `${value}`]);
  const arn = await targetGroupOf(hands, name);
  await hands.aws('elbv2', 'modify-target-group', '--target-group-arn', arn, ...chosen);
}

/** Takes the first target out of the target group of the Service. */
export async function deregisterOne(hands: Hands, name: string): Promise<void> {
  const arn = await targetGroupOf(hands, name);
  const { TargetHealthDescriptions: targets } = await hands.aws(
    'elbv2',
    'describe-target-health',
    '--target-group-arn',
    arn,
  );
  await hands.aws('elbv2', 'deregister-targets', '--target-group-arn', arn, '--targets', `Id=${targets[0].Target.Id}`);
}

/** The ARN of the one target group of the Service. */
export async function targetGroupOf({ aws, kubectl }: Hands, name: string): Promise<string> {
  const host = await kubectl(
    'get',
    'service',
    name,
    '--namespace=live',
    '--output=jsonpath={.status.loadBalancer.ingress[0].hostname}',
  );
  const { LoadBalancers: balancers } = await aws('elbv2', 'describe-load-balancers');
  const { LoadBalancerArn: arn } = balancers.find(({ DNSName }: { DNSName: string }) => DNSName === host);
  const { TargetGroups: groups } = await aws('elbv2', 'describe-target-groups', '--load-balancer-arn', arn);
  return groups[0].TargetGroupArn;
}

/** Revokes the rules that let clients of any Service in. */
export async function revokeClientRules({ aws }: Hands): Promise<void> {
  const { SecurityGroups: all } = await aws('ec2', 'describe-security-groups');
  for (const { GroupId, IpPermissions } of all) {
    for (const permission of IpPermissions) {
      const IpRanges = permission.IpRanges.filter(({ Description = '' }) =>
        Description.startsWith('kubernetes.io/rule/nlb/client'),
      );
      if (IpRanges.length === 0) continue;
      const { IpProtocol, FromPort, ToPort } = permission;
      const revoked = JSON.stringify([{ IpProtocol, FromPort, ToPort, IpRanges }]);
      await aws('ec2', 'revoke-security-group-ingress', '--group-id', GroupId, '--ip-permissions', revoked);
    }
  }
}
