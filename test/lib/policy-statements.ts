import type { Template } from 'aws-cdk-lib/assertions';

/** A statement as it stands in a template, with lists where IAM allows a single value. */
export interface Statement {
  policy: string;
  effect: string;
  actions: string[];
  /** Resources as text, so that references can be searched by logical id. */
  resources: string[];
  condition: unknown;
}

/** Every statement of every role policy of a template. */
export function policyStatements(template: Template): Statement[] {
  return Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(([policy, { Properties }]) =>
    Properties.PolicyDocument.Statement.map((statement: Record<string, unknown>) => ({
      policy,
      effect: statement['Effect'],
      actions: [statement['Action']].flat(),
      resources: [statement['Resource']].flat().map((resource) => JSON.stringify(resource)),
      condition: statement['Condition'],
    })),
  );
}
