import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Random } from '../accuracy/random.ts';

/** Stands for SIGKILL: nothing of the process goes on. */
export class Killed extends Error {}

/** What happens to the requests of one process. */
export interface Trouble {
  /** The request at which it is killed, counted from its start; its answer is lost, or it is itself. */
  killAt?: { request: number; lost: 'request' | 'answer' };
  /** One of so many requests is throttled until the SDK has given up. */
  throttledOneIn?: number;
}

/** Draws a kill for one process of eight, throttling for another one of eight. */
export function drawTrouble({ below, pick }: Random): Trouble {
  switch (below(8)) {
    case 0:
      return { killAt: { request: below(25), lost: pick(['request', 'answer'] as const) } };
    case 1:
      return { throttledOneIn: 8 };
    default:
      return {};
  }
}

/** Middleware of the table's client by which the trouble comes; `wrote` hears of every message that came to be owed. */
export function disturb(
  client: DynamoDBClient,
  { killAt, throttledOneIn }: Trouble,
  { below, wrote }: { below: Random['below']; wrote(incident: string, key: string): void },
): void {
  let requests = -1;
  client.middlewareStack.add(
    (next) => async (args) => {
      requests += 1;
      const isLast = requests === killAt?.request;
      if (killAt !== undefined && requests > killAt.request) throw new Killed();
      if (isLast && killAt?.lost === 'request') throw new Killed();
      if (throttledOneIn !== undefined && below(throttledOneIn) === 0) {
        throw Object.assign(new Error('Throughput exceeds the current limit'), { name: 'ThrottlingException' });
      }
      const answer = await next(args);
      const { Key, ExpressionAttributeValues: values } = args.input as {
        Key?: { sk: string };
        ExpressionAttributeValues?: { ':pending'?: { key: string } };
      };
      const message = values?.[':pending'];
      if (message !== undefined) wrote(Key?.sk.slice('INCIDENT#'.length) ?? '', message.key);
      if (isLast) throw new Killed();
      return answer;
    },
    { step: 'initialize' },
  );
}

/** True for what a process of the soak may end with; anything else is a bug. */
export function isTrouble(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isTrouble);
  return error instanceof Killed || (error instanceof Error && error.name === 'ThrottlingException');
}
