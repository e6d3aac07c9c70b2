import { CloudWatchClient, type CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import { requestHandler } from '../time-outs.ts';
import { type Watch, watched } from '../watched.ts';

/** In a module of its own, which is loaded only where metrics are configured. */
export function openCloudWatch(config: CloudWatchClientConfig, watch: Omit<Watch, 'service'>): CloudWatchClient {
  const client = new CloudWatchClient({ ...config, requestHandler });
  client.middlewareStack.use(watched({ ...watch, service: 'cloudwatch' }));
  return client;
}
