import { HttpResponse } from '@smithy/protocol-http';
import type { MetadataBearer, Pluggable } from '@smithy/types';
import type { Answer } from './interception.ts';

/** Middleware that reports the head of each answer, however unreadable the rest of it is. */
export const reportAnswer = <Input extends object, Output extends MetadataBearer>(
  onAnswer: (answer: Answer) => void,
): Pluggable<Input, Output> => ({
  applyToStack(stack) {
    stack.add(
      (next) => async (args) => {
        const result = await next(args);
        if (HttpResponse.isInstance(result.response)) onAnswer(result.response);
        return result;
      },
      { step: 'deserialize', priority: 'low', name: 'reportAnswer' },
    );
  },
});
