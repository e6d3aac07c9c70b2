import { CloudWatchClient, type CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';

/** In a module of its own, which is loaded only where metrics are configured. */
export const openCloudWatch = (config: CloudWatchClientConfig): CloudWatchClient => new CloudWatchClient(config);
