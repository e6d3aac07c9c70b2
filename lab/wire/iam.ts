import { queryProtocol } from './aws/query-protocol.ts';
import type { Action, Service } from './aws/service.ts';
import { answerBy } from './aws/service.ts';
import { ServiceError } from './aws/service-error.ts';

const protocol = queryProtocol('https://iam.amazonaws.com/doc/2010-05-08/');

/** PutRolePolicy: calls of controllers that IAM refused are allowed from now on, where the policy names their action. */
const putRolePolicy: Action = ({ PolicyDocument = '' }, world) => {
  const allowed = actionsIn(PolicyDocument);
  for (const cluster of world.clusters) {
    cluster.controllerFailures = (cluster.controllerFailures ?? []).filter(
      ({ call }) => !allowed.some((action) => action.split(':')[1] === call),
    );
  }
  return {};
};

function actionsIn(document: string): string[] {
  try {
    const { Statement = [] } = JSON.parse(document) as { Statement?: { Effect: string; Action: string | string[] }[] };
    return Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action);
  } catch {
    throw new ServiceError('MalformedPolicyDocument', 'Syntax errors in policy.');
  }
}

/** IAM as far as fixes write to it. */
export const iam: Service = {
  protocol,
  denied: (sentence) => new ServiceError('AccessDenied', sentence, 403),
  throttled: () => new ServiceError('Throttling', 'Rate exceeded'),
  answer: answerBy(protocol, {}),
  writes: { PutRolePolicy: putRolePolicy },
};
