import { CloudWatchLogsClient, type CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import { governor } from '../governor.ts';
import { requestHandler } from '../time-outs.ts';
import { type Watch, watched } from '../watched.ts';

/** In a module of its own, which is loaded only where flow logs are read from CloudWatch Logs. */
export function openCloudWatchLogs(
  config: CloudWatchLogsClientConfig,
  { filtersPerSecond, ...watch }: Omit<Watch, 'service'> & { filtersPerSecond: number },
): CloudWatchLogsClient {
  const client = new CloudWatchLogsClient({ ...config, requestHandler });
  client.middlewareStack.use(watched({ ...watch, service: 'logs', governor: governor(filtersPerSecond, 1) }));
  return client;
}
