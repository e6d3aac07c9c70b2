import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { notifiersOf } from './access/notifier-role.ts';

/** A bus for events of findings; with an organization its notifiers may put events there. */
export function eventBus(scope: Construct, id: string, organizationId?: string): events.EventBus {
  const bus = new events.EventBus(scope, id, { description: 'Findings of eks-nlb-auditor' });
  if (organizationId !== undefined) {
    bus.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'Organization',
        principals: [new iam.AnyPrincipal()],
        actions: ['events:PutEvents'],
        resources: [bus.eventBusArn],
        conditions: notifiersOf(organizationId),
      }),
    );
  }
  return bus;
}
