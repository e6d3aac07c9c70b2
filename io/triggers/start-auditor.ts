import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { InvalidAnswer } from '../aws/read-error.ts';

/** Starts a deployed auditor with this event, and does not wait for it; throws where Lambda has not taken the event. */
export async function startAuditor(lambda: LambdaClient, FunctionName: string, event: object): Promise<void> {
  const invoke = new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: JSON.stringify(event) });
  const { StatusCode } = await lambda.send(invoke);
  // Lambda accepts an event with 202 (API reference, "Invoke"); whatever else answers has not started anything.
  if (StatusCode !== 202)
    throw new InvalidAnswer(`lambda:InvokeFunction of ${FunctionName} was answered ${StatusCode}`);
}
