import { callerArn } from './aws/credential.ts';
import { queryProtocol } from './aws/query-protocol.ts';
import { answerBy, type Service } from './aws/service.ts';
import { ServiceError } from './aws/service-error.ts';

const protocol = queryProtocol('https://sts.amazonaws.com/doc/2011-06-15/');

/** STS, as far as GetCallerIdentity. */
export const sts: Service = {
  protocol,
  denied: (sentence) => new ServiceError('AccessDenied', sentence, 403),
  throttled: () => new ServiceError('Throttling', 'Rate exceeded'),
  answer: answerBy(protocol, {
    GetCallerIdentity: (_, { account }) => ({
      Account: account,
      Arn: callerArn(account),
      UserId: 'AROAIOSFODNN7EXAMPLE1:lab',
    }),
  }),
};
