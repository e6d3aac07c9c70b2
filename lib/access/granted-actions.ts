import * as iam from 'aws-cdk-lib/aws-iam';
import { type AwsAction, awsActions, type GrantedOn, type OptionalRead } from '../../config/permissions.ts';

/** ARNs of the resources of this deployment that actions are granted on. */
export type GrantedArns = Partial<Record<GrantedOn, string | string[]>>;

/** Grants a role what `config/permissions.ts` lists for the function, on each resource that this deployment has. */
export function grantListedActions(
  role: iam.Role,
  user: AwsAction['function'],
  { reads = [], ...arns }: GrantedArns & { reads?: OptionalRead[] },
): void {
  const listed = awsActions.filter(
    ({ function: caller, onlyWith }) => caller === user && (onlyWith === undefined || reads.includes(onlyWith)),
  );
  for (const entries of Map.groupBy(listed, conditionOf).values()) {
    const [{ resource, leadingKeys } = { resource: '*' as const }] = entries;
    const resources = [{ ...arns, '*': '*' }[resource] ?? []].flat();
    if (resources.length === 0) continue;
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: entries.map(({ action }) => action).toSorted(),
        resources,
        ...(leadingKeys && { conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': leadingKeys } } }),
      }),
    );
  }
}

/** Actions with the same answer share a statement. */
const conditionOf = ({ resource, leadingKeys = [] }: AwsAction): string => [resource, ...leadingKeys].join();
