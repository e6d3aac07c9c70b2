import { setTimeout as pause } from 'node:timers/promises';
import type { MetadataBearer, Pluggable } from '@smithy/types';
import pLimit from 'p-limit';
import { believe, unreadable } from './believe.ts';
import { bounded } from './bounded.ts';
import { cleanAnswer } from './clean-answer.ts';
import type { Governor } from './governor.ts';
import { isThrottle, refusalOf, standsForAll } from './refusal.ts';
import type { Silence } from './silence.ts';
import { count, type Usage } from './usage.ts';

/** What accompanies every call of one AWS client. */
export interface Watch {
  /** Prefix of its IAM actions, for example `elasticloadbalancing`. */
  service: string;
  /** Calls in flight at the same time. */
  concurrency: number;
  usage: Usage;
  signal: AbortSignal;
  governor?: Governor;
  /** Whether AWS answers this run at all. */
  quiet?: Silence;
}

/**
 * Middleware of an AWS client: limits concurrency, passes every attempt through the governor, counts it by IAM action,
 * sends nothing more once `signal` has aborted, nor what was denied before and will be denied again, and believes no answer
 * without the shape of its action. What foreigners wrote into an answer is clean from here on.
 */
export function watched<Input extends object, Output extends MetadataBearer>(watch: Watch): Pluggable<Input, Output> {
  const { service, usage, signal, governor, quiet } = watch;
  const limit = pLimit(watch.concurrency);
  const denials = new Map<string, unknown>();

  return {
    applyToStack(stack) {
      bounded<Input, Output>().applyToStack(stack);
      quiet?.notice<Input, Output>().applyToStack(stack);
      stack.add((next) => (args) => limit(() => next(args)), { step: 'initialize', name: 'limitConcurrency' });
      stack.add(
        (next, context) => async (args) => {
          const action = actionOf(service, context.commandName?.replace(/Command$/, '') ?? '');
          signal.throwIfAborted();
          if (denials.has(action)) throw denials.get(action);
          if (governor) await waitFor(governor, usage, signal);
          count(usage, action);
          try {
            const result = await next(args);
            believe(action, result.output);
            return { ...result, output: cleanAnswer(result.output) };
          } catch (given) {
            const error = unreadable(action, given) ?? given;
            if (isThrottle(error)) {
              usage.throttles += 1;
              governor?.throttled(performance.now());
            }
            if (standsForAll(action) && refusalOf(error, signal)?.reason === 'denied') denials.set(action, error);
            throw error;
          }
        },
        { step: 'finalizeRequest', priority: 'low', name: 'watchAttempt' },
      );
    },
  };
}

/** Calls that IAM knows by another name (Service Authorization Reference). */
const otherNames: Record<string, string> = { 's3:ListObjectsV2': 's3:ListBucket' };

const actionOf = (service: string, call: string): string => otherNames[`${service}:${call}`] ?? `${service}:${call}`;

async function waitFor(governor: Governor, usage: Usage, signal: AbortSignal): Promise<void> {
  const wait = governor.book(performance.now());
  if (wait === 0) return;
  usage.waitedMs += Math.round(wait);
  await pause(wait, undefined, { signal });
}
