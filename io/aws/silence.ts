import type { MetadataBearer, Pluggable } from '@smithy/types';
import { NoAnswer } from '../../config/user-error.ts';

/** Watches whether AWS answers a run at all. */
export interface Silence {
  /** Aborts, with a NoAnswer, where no call was answered within the time from the first one on. */
  signal: AbortSignal;
  /** Middleware of every client whose answers count. */
  notice<Input extends object, Output extends MetadataBearer>(): Pluggable<Input, Output>;
}

/** Waits `milliseconds` from the first call on for the first answer, whatever it is; once there is one it never aborts. */
export function silence(milliseconds: number): Silence {
  const ended = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => ended.abort(new NoAnswer(`no answer to any call within ${milliseconds / 1000} s`));
  return {
    signal: ended.signal,
    notice: () => ({
      applyToStack(stack) {
        stack.add(
          (next) => async (args) => {
            timer ??= setTimeout(end, milliseconds).unref();
            const result = await next(args);
            clearTimeout(timer);
            return result;
          },
          { step: 'deserialize', priority: 'low', name: 'noticeAnswer' },
        );
      },
    }),
  };
}
