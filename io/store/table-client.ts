import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { bounded, briefBounds } from '../aws/bounded.ts';
import { type AwsPlace, placeOf } from '../aws/place.ts';
import { briefly } from '../aws/time-outs.ts';
import type { OnSkipped } from './skipped-item.ts';

/** A client for the table whose calls end in seconds, so that a function has time left for what comes after them. */
export function tableClient(place: AwsPlace = {}, patience = { ...briefly, maxAttempts: 3 }): DynamoDBClient {
  const client = new DynamoDBClient({ ...patience, ...placeOf(place) });
  client.middlewareStack.use(bounded(briefBounds));
  return client;
}

/** A table of findings, open. */
export interface OpenTable {
  client: DynamoDBClient;
  table: string;
  /** Without it, skipped items are logged. */
  onSkipped?: OnSkipped;
}
