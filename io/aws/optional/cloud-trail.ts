import {
  CloudTrailClient,
  type CloudTrailClientConfig,
  type Event,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-cloudtrail';
import type { DeserializeMiddleware } from '@smithy/types';
import { parseJson } from '../../parse-json.ts';
import { governor } from '../governor.ts';
import { requestHandler } from '../time-outs.ts';
import { type Watch, watched } from '../watched.ts';

/** An event with its record as an object, so that each text in it passes the gate as what it is. */
export interface OpenEvent extends Omit<Event, 'CloudTrailEvent'> {
  record?: unknown;
}

/** In a module of its own, which is loaded only where changes are configured. */
export function openCloudTrail(
  config: CloudTrailClientConfig,
  { lookupsPerSecond, ...watch }: Omit<Watch, 'service'> & { lookupsPerSecond: number },
): CloudTrailClient {
  const client = new CloudTrailClient({ ...config, requestHandler });
  client.middlewareStack.use(watched({ ...watch, service: 'cloudtrail', governor: governor(lookupsPerSecond, 1) }));
  client.middlewareStack.add(openRecords, { step: 'deserialize', priority: 'high', name: 'openRecords' });
  return client;
}

/** Inside of the gate and outside of the SDK's own reading. */
const openRecords: DeserializeMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next) => async (args) => {
  const result = await next(args);
  return result.output === undefined ? result : { ...result, output: withOpenEvents(result.output) };
};

function withOpenEvents(output: ServiceOutputTypes): ServiceOutputTypes {
  if (!('Events' in output) || !Array.isArray(output.Events)) return output;
  return { ...output, Events: output.Events.map(opened) };
}

const opened = ({ CloudTrailEvent, ...event }: Event): OpenEvent => ({
  ...event,
  record: parse(CloudTrailEvent ?? ''),
});

/** `undefined` for what is no JSON: such an event says who, what and when, and no more. */
function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
