import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sqs from 'aws-cdk-lib/aws-sqs';

/** A queue as the end of events that a function's invocations, or its event source, could not handle. */
export interface DeadLetterDestination {
  forInvocations: lambda.IDestination;
  forEventSource: lambda.IEventSourceDlq;
}

/** Lets the function send to the queue and nothing more; the CDK's own destinations grant reads of its attributes too. */
export function deadLetterDestination({ queueArn }: sqs.IQueue): DeadLetterDestination {
  const bind = (sender: lambda.IFunction): { destination: string } => {
    sender.addToRolePolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queueArn] }));
    return { destination: queueArn };
  };
  return {
    forInvocations: { bind: (_, sender) => bind(sender) },
    forEventSource: { bind: (_, sender) => bind(sender) },
  };
}
