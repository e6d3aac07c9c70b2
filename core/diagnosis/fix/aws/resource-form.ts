import type { HealthCheck } from '../../../model/aws.ts';
import type { Change } from '../../../model/fix.ts';

/** A call of the AWS CLI that changes something. */
export type AwsChange = Extract<Change, { aws: string }>;

/** A change of an AWS resource as its owner writes it. */
export interface AwsForm {
  /** The tags of the resource: they show who writes it. */
  tags: Record<string, string>;
  terraform: string;
  cloudformation: string;
  /** Of the health check of a target group: what is set. */
  healthCheck?: Partial<Record<keyof HealthCheck, string>>;
  /** Of a target group, as Elastic Load Balancing names it: what is set. */
  attribute?: { key: string; value: string };
}
