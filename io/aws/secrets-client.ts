import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { bounded, briefBounds } from './bounded.ts';
import { type AwsPlace, placeOf } from './place.ts';
import { briefly } from './time-outs.ts';

/** A client of Secrets Manager whose calls end in seconds, and which reads no answer without end. */
export function secretsClient(place: AwsPlace = {}, patience = briefly): SecretsManagerClient {
  const client = new SecretsManagerClient({ ...patience, ...placeOf(place) });
  client.middlewareStack.use(bounded(briefBounds));
  return client;
}
