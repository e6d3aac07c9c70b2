import { createHash } from 'node:crypto';
import type { World } from '../world/world.ts';
import { jsonProtocol } from './aws/json-protocol.ts';
import type { Parameters } from './aws/parameters.ts';
import { answerBy, type Service } from './aws/service.ts';
import { ServiceError } from './aws/service-error.ts';

const protocol = jsonProtocol('1.1');

/** Secrets Manager, as far as GetSecretValue by name or ARN. */
export const secretsManager: Service = {
  protocol,
  denied: (sentence) => new ServiceError('AccessDeniedException', sentence),
  throttled: () => new ServiceError('ThrottlingException', 'Rate exceeded'),
  answer: answerBy(protocol, { GetSecretValue: getSecretValue }),
};

function getSecretValue({ SecretId }: Parameters, { secrets, region, account }: World): object {
  const arnOf = (name: string) => `arn:aws:secretsmanager:${region}:${account}:secret:${name}-${suffix(name)}`;
  const found = Object.entries(secrets).find(([name]) => name === SecretId || arnOf(name) === SecretId);
  if (found === undefined) {
    throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }
  const [name, value] = found;
  return {
    ARN: arnOf(name),
    Name: name,
    SecretString: value,
    VersionId: createHash('sha256').update(value).digest('hex').slice(0, 32),
    VersionStages: ['AWSCURRENT'],
  };
}

/** The six characters that Secrets Manager appends to the name in an ARN. */
const suffix = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 6);
