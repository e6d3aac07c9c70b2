import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { awsActions, viewers } from '../config/permissions.ts';
import { acknowledgeWildcard } from './access/acknowledge-wildcard.ts';
import { functionRole } from './access/function-role.ts';
import { bundledFunction } from './bundled-function.ts';
import { scheduleInvocations } from './invocation-schedule.ts';
import { alarm } from './monitoring/alarm.ts';

export interface ReconcilerProps {
  /** Whose access entry it makes. */
  auditorRole: iam.Role;
  /** ARNs of the policies of the entry. */
  policyArns: string[];
  vpcIds: string[];
  logRetentionDays: number;
  schedulerRole: iam.Role;
  deadLetters: sqs.IQueue;
}

/** Gives the auditor's role its access entry in clusters that have none, every hour; it can make no other entry. */
export function reconciler(scope: Construct, id: string, props: ReconcilerProps): NodejsFunction {
  const { auditorRole, policyArns, vpcIds, logRetentionDays, schedulerRole, deadLetters } = props;
  const role = functionRole(scope, `${id}Role`);
  const reconcile = bundledFunction(scope, id, {
    entry: 'reconciler',
    description: 'Gives the auditor its access entry in clusters that have none',
    role,
    logRetentionDays,
    memoryMb: 256,
    timeout: Duration.minutes(5),
    settings: {
      vpcIds,
      entry: { principalArn: auditorRole.roleArn, kubernetesGroups: [viewers], policyArns },
    },
  });
  allowOwnEntry(role, { auditorRole, policyArns });
  scheduleInvocations(reconcile, {
    schedule: ScheduleExpression.rate(Duration.hours(1)),
    input: {},
    role: schedulerRole,
    deadLetters,
  });
  return reconcile;
}

/** Rings when a cluster refuses the entry. */
export const reconcilerAlarm = (reconcile: NodejsFunction): cloudwatch.Alarm =>
  alarm(reconcile, 'Failed', {
    metric: reconcile.metricErrors({ period: Duration.hours(1) }),
    says: 'A cluster refused the access entry of the auditor: the log of the reconciler names it and says why.',
  });

/** Keys and resources as the Service Authorization Reference has them for Amazon EKS. */
function allowOwnEntry(
  role: iam.Role,
  { auditorRole, policyArns }: Pick<ReconcilerProps, 'auditorRole' | 'policyArns'>,
) {
  const stack = Stack.of(role);
  const eksArn = (resource: string, resourceName: string): string =>
    stack.formatArn({ service: 'eks', resource, resourceName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
  const resources = {
    '*': '*',
    clusters: eksArn('cluster', '*'),
    'own-entries': eksArn('access-entry', `*/role/${stack.account}/${auditorRole.roleName}/*`),
  };
  const conditions: Record<string, iam.Conditions> = {
    'eks:CreateAccessEntry': {
      StringEquals: { 'eks:principalArn': auditorRole.roleArn, 'eks:accessEntryType': 'STANDARD' },
      'ForAllValues:StringEquals': { 'eks:kubernetesGroups': [viewers] },
      Null: { 'eks:username': 'true' },
    },
    'eks:AssociateAccessPolicy': {
      StringEquals: {
        'eks:principalArn': auditorRole.roleArn,
        'eks:policyArn': policyArns,
        'eks:accessScope': 'cluster',
      },
    },
  };
  const needed = awsActions.filter((entry) => entry.function === 'reconciler');
  for (const { action, resource } of needed.filter(
    (entry) => policyArns.length > 0 || !isAboutPolicies(entry.action),
  )) {
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: [action],
        resources: [resources[resource as keyof typeof resources]],
        ...(conditions[action] !== undefined && { conditions: conditions[action] }),
      }),
    );
  }
  for (const arn of [resources.clusters, resources['own-entries']]) {
    acknowledgeWildcard(role, arn, 'Clusters of the future have no names yet; conditions admit one entry alone.');
  }
}

const isAboutPolicies = (action: string): boolean => action.includes('AccessPolic');
