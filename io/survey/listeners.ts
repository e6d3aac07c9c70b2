import {
  type Listener as Answer,
  type ElasticLoadBalancingV2Client,
  paginateDescribeListeners,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Listener } from '../../core/model/aws.ts';
import { known } from '../aws/known.ts';
import { pages } from '../aws/pages.ts';

/** Listeners of one load balancer. */
export async function listListeners(elbv2: ElasticLoadBalancingV2Client, loadBalancerArn: string): Promise<Listener[]> {
  const listeners: Listener[] = [];
  const answers = pages(
    paginateDescribeListeners({ client: elbv2, pageSize: 400 }, { LoadBalancerArn: loadBalancerArn }),
  );
  for await (const { Listeners } of answers) listeners.push(...(Listeners ?? []).map(project));
  return listeners;
}

const project = (listener: Answer): Listener => ({
  arn: listener.ListenerArn ?? '',
  loadBalancerArn: listener.LoadBalancerArn ?? '',
  protocol: listener.Protocol ?? '',
  port: listener.Port ?? 0,
  ...(listener.Protocol === 'TLS' && { alpnPolicy: listener.AlpnPolicy?.[0] ?? 'None' }),
  forwards: (listener.DefaultActions ?? []).flatMap(forwards),
});

type Action = NonNullable<Answer['DefaultActions']>[number];

/** A forward names one target group in `TargetGroupArn`, or weighted ones in `ForwardConfig`. */
function forwards({ Type, TargetGroupArn, ForwardConfig }: Action): Listener['forwards'] {
  if (Type !== 'forward') return [];
  const weighted = ForwardConfig?.TargetGroups ?? [];
  if (weighted.length > 0) {
    return weighted.map((group) => known({ targetGroupArn: group.TargetGroupArn ?? '', weight: group.Weight }));
  }
  return TargetGroupArn === undefined ? [] : [{ targetGroupArn: TargetGroupArn }];
}
