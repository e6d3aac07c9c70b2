import { Readable } from 'node:stream';
import { HttpResponse } from '@smithy/protocol-http';
import type { MetadataBearer, Pluggable } from '@smithy/types';
import { OutOfTime, TooLarge } from './read-error.ts';

/** A page of 1,000 instances has about 6 MB. */
const mostBytes = 64 * 2 ** 20;
const longestMs = 30_000;

/** Middleware that reads at most 64 MiB of an answer, and for at most 30 seconds, however slowly it drips. */
export function bounded<Input extends object, Output extends MetadataBearer>(): Pluggable<Input, Output> {
  return {
    applyToStack(stack) {
      stack.add(
        (next) => async (args) => {
          const result = await next(args);
          const { response } = result;
          if (HttpResponse.isInstance(response) && response.body instanceof Readable) {
            response.body = Readable.from(upTo(response.body), { objectMode: false });
          }
          return result;
        },
        { step: 'deserialize', priority: 'low', name: 'boundAnswer' },
      );
    },
  };
}

async function* upTo(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
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
