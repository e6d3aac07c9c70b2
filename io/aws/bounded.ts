import { Readable } from 'node:stream';
import { HttpResponse } from '@smithy/protocol-http';
import type { MetadataBearer, Pluggable } from '@smithy/types';
import { OutOfTime, TooLarge } from './read-error.ts';

/** How much of an answer is read, and for how long. */
export interface AnswerBounds {
  mostBytes: number;
  longestMs: number;
}

/** Of reads of an account; a page of 1,000 instances has about 6 MB. */
const pageBounds: AnswerBounds = { mostBytes: 32 * 2 ** 20, longestMs: 30_000 };

/** Of calls in passing; a page of DynamoDB has at most 1 MB of items (Service quotas), written in JSON. */
export const briefBounds: AnswerBounds = { mostBytes: 8 * 2 ** 20, longestMs: 5000 };

/** Middleware that reads no more of an answer than the bounds admit, however slowly it drips. */
export function bounded<Input extends object, Output extends MetadataBearer>(
  bounds: AnswerBounds = pageBounds,
): Pluggable<Input, Output> {
  return {
    applyToStack(stack) {
      stack.add(
        (next) => async (args) => {
          const result = await next(args);
          const { response } = result;
          if (HttpResponse.isInstance(response) && response.body instanceof Readable) {
            response.body = Readable.from(upTo(response.body, bounds), { objectMode: false });
          }
          return result;
        },
        { step: 'deserialize', priority: 'low', name: 'boundAnswer' },
      );
    },
  };
}

async function* upTo(body: AsyncIterable<Buffer>, { mostBytes, longestMs }: AnswerBounds): AsyncGenerator<Buffer> {
  const endsAt = performance.now() + longestMs;
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes)
      throw new TooLarge(`the answer has more than ${mostBytes / 2 ** 20} MiB; the rest was not read`);
    if (performance.now() > endsAt) throw new OutOfTime(`the answer was not complete after ${longestMs / 1000} s`);
    yield chunk;
  }
}
