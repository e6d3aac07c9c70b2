import {
  AppsV1Api,
  CoordinationV1Api,
  CoreV1Api,
  CustomObjectsApi,
  createConfiguration,
  DiscoveryV1Api,
  NetworkingV1Api,
  ServerConfiguration,
} from '@kubernetes/client-node';
import pLimit from 'p-limit';
import { Agent } from 'undici';
import type { Cluster } from '../../core/aws.ts';
import { isThrottle } from '../refusal.ts';
import { count, type Usage } from '../usage.ts';

/** The API server of one cluster, read over a few kept-alive TLS connections. */
export interface Connection {
  core: CoreV1Api;
  apps: AppsV1Api;
  coordination: CoordinationV1Api;
  discovery: DiscoveryV1Api;
  networking: NetworkingV1Api;
  custom: CustomObjectsApi;
  /** Sends one request, four at a time, counted as `kubernetes:<action>`; `action` is verb and resource. */
  call<T>(action: string, request: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  cluster: Cluster;
  token: () => Promise<string>;
  /** Ends every request when it aborts. */
  signal: AbortSignal;
  usage: Usage;
}

const parallel = 4;

/**
 * Opens a connection with the endpoint and the certificate authority of DescribeCluster. Not with `KubeConfig`: that
 * makes a new TLS connection for every request (client-node 2.0.1, config.js `createDispatcher`).
 */
export function openConnection({ cluster, token, signal, usage }: ConnectionOptions): Connection {
  const agent = new Agent({
    connections: parallel,
    connect: { ca: Buffer.from(cluster.certificateAuthority, 'base64').toString(), timeout: 3000 },
    headersTimeout: 10_000,
    bodyTimeout: 10_000,
  });
  const configuration = createConfiguration({
    baseServer: new ServerConfiguration(cluster.endpoint, {}),
    authMethods: {
      default: {
        getName: () => 'eks',
        applySecurityAuthentication: async (context) => {
          context.setHeaderParam('Authorization', `Bearer ${await token()}`);
          context.setDispatcher(agent);
          context.setSignal(signal);
        },
      },
    },
  });
  const limit = pLimit(parallel);

  return {
    core: new CoreV1Api(configuration),
    apps: new AppsV1Api(configuration),
    coordination: new CoordinationV1Api(configuration),
    discovery: new DiscoveryV1Api(configuration),
    networking: new NetworkingV1Api(configuration),
    custom: new CustomObjectsApi(configuration),
    call: (action, request) =>
      limit(async () => {
        signal.throwIfAborted();
        count(usage, `kubernetes:${action}`);
        try {
          return await request();
        } catch (error) {
          if (isThrottle(error)) usage.throttles += 1;
          throw error;
        }
      }),
    close: () => agent.destroy(),
  };
}
