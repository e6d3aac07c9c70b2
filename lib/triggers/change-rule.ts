import * as events from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { changingCalls } from '../../config/changing-calls.ts';

/**
 * Calls that were carried out and after which targets may fail. EventBridge has them only where a trail of the account logs management
 * events in the Region (EventBridge user guide, "AWS service events delivered via AWS CloudTrail").
 */
export const changeRule = (scope: Construct, id: string, target: events.IRuleTarget): events.Rule =>
  new events.Rule(scope, id, {
    description: 'Changes of security groups, target groups and listeners',
    eventPattern: {
      source: ['aws.ec2', 'aws.elasticloadbalancing'],
      detailType: ['AWS API Call via CloudTrail'],
      detail: {
        eventSource: Object.keys(changingCalls),
        eventName: Object.values(changingCalls).flat(),
        errorCode: [{ exists: false }],
      },
    },
    targets: [target],
  });
