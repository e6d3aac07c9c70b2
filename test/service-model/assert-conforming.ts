import assert from 'node:assert';
import type { RecordedCall } from '../../lab/lab.ts';
import { sdkModel } from './sdk-model.ts';
import { violationsOf } from './violations.ts';

/** Throws, with a list, where a request that the lab took or an answer that it gave is not as the API models say. */
export function assertConforming(calls: RecordedCall[]): void {
  assert.deepStrictEqual(violationsOf(calls, sdkModel), []);
}
