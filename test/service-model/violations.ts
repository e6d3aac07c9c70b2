import type { RecordedCall } from '../../lab/lab.ts';
import { faultsOf } from './faults.ts';
import { readAnswer, readErrorCode, readRequest } from './read-wire.ts';
import type { ApiModel, Operation } from './shape.ts';

/**
 * What of these calls and answers the model of the API does not allow, each once. Of a call that was refused only the
 * error is judged: a test may well ask for what cannot be.
 */
export function violationsOf(calls: RecordedCall[], model: ApiModel): string[] {
  const aws = calls.filter(({ service }) => !service.startsWith('kubernetes/'));
  return [...new Set(aws.flatMap((call) => violations(call, model)))];
}

function violations(call: RecordedCall, model: ApiModel): string[] {
  const { service, action, status, parameters, answer = '' } = call;
  const say = (sentence: string): string => `${service}:${action} ${sentence}`;
  const operation = model(service, action);
  if (status >= 400) return operation === undefined ? [] : errorFaults(answer, operation).map(say);
  if (operation === undefined) return [say('is no action of this service')];
  const { protocol, input, output } = operation;
  const result = readAnswer(answer, action, protocol);
  return [
    ...faultsOf(readRequest(parameters, protocol), input, { text: protocol !== 'json', path: '' }).map((fault) =>
      say(`request: ${fault.trim()}`),
    ),
    ...(result === undefined
      ? [say('answer: is not wrapped as the protocol wants')]
      : faultsOf(result, output, { text: protocol !== 'json' && protocol !== 'rest-json', path: '' }).map((fault) =>
          say(`answer: ${fault.trim()}`),
        )),
  ];
}

/** Codes that any action can answer (Common Errors of the API references). */
const common =
  /^(AccessDenied(Exception)?|UnauthorizedOperation|Throttling(Exception)?|RequestLimitExceeded|ValidationError|ValidationException|InvalidAction|UnknownOperationException|SerializationException|InternalFailure)$/;

function errorFaults(answer: string, { protocol, errors }: Operation): string[] {
  const code = readErrorCode(answer, protocol);
  if (code === undefined) return ['error: has no code'];
  if (errors === undefined || errors.includes(code) || common.test(code)) return [];
  return [`error: ${code} is not declared`];
}
