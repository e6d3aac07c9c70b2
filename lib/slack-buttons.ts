import { Duration } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { functionRole } from './access/function-role.ts';
import { grantListedActions } from './access/granted-actions.ts';
import { secretArn } from './access/secret-arn.ts';
import { bundledFunction } from './bundled-function.ts';
import type { VpcAuditor } from './vpc-auditor.ts';

export interface SlackButtonsProps {
  name: string;
  table: dynamodb.TableV2;
  auditors: VpcAuditor[];
  /** Name of the secret that holds the signing secret of the Slack app. */
  signingSecret: string;
  /** Invocations at the same time that are reserved for it, and the most that it may have; `null` = none reserved. */
  concurrency: number | null;
  logRetentionDays: number;
}

/**
 * Answers the buttons under Slack messages at a function URL that everybody can reach: the function itself admits only
 * what Slack signed, once and within five minutes.
 */
export function slackButtons(scope: Construct, id: string, props: SlackButtonsProps): lambda.FunctionUrl {
  const { name, table, auditors, signingSecret, concurrency, logRetentionDays } = props;
  const role = functionRole(scope, `${id}Role`);
  grantListedActions(role, 'interactions', {
    table: table.tableArn,
    secret: secretArn(scope, signingSecret),
    auditor: auditors.map((auditor) => auditor.function.functionArn),
  });
  const answer = bundledFunction(scope, id, {
    entry: 'interactions',
    description: 'Mutes incidents and checks again when somebody presses a button in Slack',
    role,
    logRetentionDays,
    // More memory is more processor: Slack waits three seconds, a cold start too.
    memoryMb: 512,
    // Three calls, each tried twice for two seconds, and the answer to who pressed.
    timeout: Duration.seconds(15),
    // Strangers who call the URL must not take the concurrency of the account away from its other functions.
    ...(concurrency !== null && { reservedConcurrentExecutions: concurrency }),
    settings: {
      name,
      table: table.tableName,
      buttons: { signingSecret },
      auditors: Object.fromEntries(auditors.map(({ vpcId, function: { functionName } }) => [vpcId, functionName])),
    },
  });
  return answer.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
}
