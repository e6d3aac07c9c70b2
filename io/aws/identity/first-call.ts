import type { MiddlewareStack } from '@smithy/types';
import { UserError } from '../../../config/user-error.ts';
import type { SignedInAs } from '../../misconfiguration.ts';
import { believe } from '../believe.ts';
import { bounded, briefBounds } from '../bounded.ts';
import { bugOf, type Refusal, refusalOf } from '../refusal.ts';
import type { Answer } from './interception.ts';
import { noAccess } from './no-access.ts';
import { reportAnswer } from './report-answer.ts';

/** A client of the SDK. */
interface Client {
  // biome-ignore lint/suspicious/noExplicitAny: the inputs and outputs of all its commands
  middlewareStack: Pick<MiddlewareStack<any, any>, 'use'>;
  destroy(): void;
}

/**
 * What a call answers that is made before anything is read, through a client of its own, which is closed afterwards. Throws a UserError with the
 * remedy where it fails: that of `noAccess`, or what `explain` says of the refusal.
 */
export async function firstCall<Caller extends Client, Output>(
  client: Caller,
  action: string,
  as: SignedInAs,
  call: (client: Caller) => Promise<Output>,
  explain: (refusal: Refusal) => string,
): Promise<Output> {
  let answer: Answer | undefined;
  client.middlewareStack.use(bounded(briefBounds));
  client.middlewareStack.use(reportAnswer((head) => (answer = head)));
  try {
    const output = await call(client);
    believe(action, output);
    return output;
  } catch (error) {
    const refusal = refusalOf(error, new AbortController().signal) ?? bugOf(error);
    throw noAccess(error, answer, as) ?? new UserError(explain(refusal), { cause: error });
  } finally {
    client.destroy();
  }
}
