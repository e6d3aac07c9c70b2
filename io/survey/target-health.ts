import {
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Target, TargetState } from '../../core/model/aws.ts';
import { known } from '../aws/known.ts';

/** Every registered target of one target group and its health; one call, there are no pages. */
export async function readTargetHealth(elbv2: ElasticLoadBalancingV2Client, targetGroupArn: string): Promise<Target[]> {
  const { TargetHealthDescriptions } = await elbv2.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn, Include: ['All'] }),
  );
  return (TargetHealthDescriptions ?? []).map((description) => project(targetGroupArn, description));
}

function project(targetGroupArn: string, answer: TargetHealthDescription): Target {
  const { Target: target, TargetHealth: health, AdministrativeOverride: override } = answer;
  const port = target?.Port ?? 0;
  const checked = Number(answer.HealthCheckPort);
  return known({
    targetGroupArn,
    id: target?.Id ?? '',
    port,
    zone: target?.AvailabilityZone,
    healthCheckPort: Number.isInteger(checked) ? checked : port,
    state: (health?.State ?? 'unavailable') as TargetState,
    reason: health?.Reason,
    description: health?.Description,
    override: override?.State,
  });
}
