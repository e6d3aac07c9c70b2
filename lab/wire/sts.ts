import type { World } from '../world/world.ts';
import { accessKey, callerArn, roleKeyId } from './aws/credential.ts';
import { queryProtocol } from './aws/query-protocol.ts';
import { type Action, answerBy, type Service } from './aws/service.ts';
import { ServiceError } from './aws/service-error.ts';

const protocol = queryProtocol('https://sts.amazonaws.com/doc/2011-06-15/');

/** STS, as far as GetCallerIdentity and AssumeRole; `worlds` are those whose accounts have roles. */
export const sts = (worlds: () => World[]): Service => ({
  protocol,
  denied: (sentence) => new ServiceError('AccessDenied', sentence, 403),
  throttled: () => new ServiceError('Throttling', 'Rate exceeded'),
  answer: answerBy(protocol, {
    GetCallerIdentity: (_, { account }) => ({
      Account: account,
      Arn: callerArn(account),
      UserId: 'AROAIOSFODNN7EXAMPLE1:lab',
    }),
    AssumeRole: assumeRole(worlds),
  }),
});

/** AssumeRole: a role that is not there is refused as one that trusts someone else (IAM user guide, "Troubleshoot IAM roles"). */
const assumeRole =
  (worlds: () => World[]): Action =>
  ({ RoleArn = '', RoleSessionName = '', ExternalId }, { account: caller }) => {
    const [, account = '', name = ''] = /^arn:aws:iam::(\d{12}):role\/(?:.+\/)?([\w+=,.@-]+)$/.exec(RoleArn) ?? [];
    const role = worlds()
      .filter((world) => world.account === account)
      .flatMap(({ roles = [] }) => roles)
      .find((each) => each.name === name);
    if (role === undefined || (role.externalId !== undefined && role.externalId !== ExternalId)) {
      const sentence = `User: ${callerArn(caller)} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`;
      throw new ServiceError('AccessDenied', sentence, 403);
    }
    return {
      AssumedRoleUser: {
        Arn: `arn:aws:sts::${account}:assumed-role/${name}/${RoleSessionName}`,
        AssumedRoleId: `AROAIOSFODNN7EXAMPLE2:${RoleSessionName}`,
      },
      Credentials: {
        AccessKeyId: roleKeyId(account),
        SecretAccessKey: accessKey.secret,
        SessionToken: `lab-session-of-${account}`,
        Expiration: new Date(Date.now() + 3_600_000),
      },
    };
  };
