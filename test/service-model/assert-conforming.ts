import assert from 'node:assert';
import { hash } from 'node:crypto';
import type { RecordedCall } from '../../lab/lab.ts';
import { sdkModel } from './sdk-model.ts';
import { violationsOf } from './violations.ts';

/** Calls and answers that conform, as they were: worlds are so alike that most of what a process meets has been judged before. */
const conforming = new Set<string>();

/** Throws, with a list, where a request that the lab took or an answer that it gave is not as the API models say. */
export function assertConforming(calls: RecordedCall[]): void {
  const unknown = new Map(
    calls.map((call) => [fingerprintOf(call), call] as const).filter(([key]) => !conforming.has(key)),
  );
  assert.deepStrictEqual(violationsOf([...unknown.values()], sdkModel), []);
  for (const key of unknown.keys()) conforming.add(key);
}

/** Ids of requests are other ones each time. */
const requestId = /(?<=<requestId>)[^<]*/i;

const fingerprintOf = ({ answer, ...call }: RecordedCall): string =>
  hash('sha1', `${JSON.stringify(call)} ${answer?.replace(requestId, '')}`);
