import * as cdk from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

const annotation = 'Annotation::';

/**
 * Answers a rule, or a warning of the CDK itself (`Annotation::` and its id), that a construct is held to. A CDK before
 * 2.25x has no `Validations`: there rules have no answer, and warnings get it as they always did.
 */
export function acknowledge(scope: IConstruct, { id, reason }: { id: string; reason: string }): void {
  const { Validations, Annotations }: Partial<typeof cdk> = cdk;
  if (Validations !== undefined) Validations.of(scope).acknowledge({ id, reason });
  else if (id.startsWith(annotation)) Annotations?.of(scope).acknowledgeWarning(id.slice(annotation.length), reason);
}
