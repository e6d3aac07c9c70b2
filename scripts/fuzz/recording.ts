import { type HttpRequest, HttpResponse } from '@smithy/protocol-http';
import { type Clients, connect } from '../../io/aws/clients.ts';
import { InvalidAnswer } from '../../io/aws/read-error.ts';
import type { ApiRead, Connection } from '../../io/kubernetes/client/connection.ts';
import { pool } from '../../io/kubernetes/client/pool.ts';
import { observe } from '../../io/observe.ts';
import { startLab } from '../../lab/start.ts';
import { faultWorld } from '../faults/world.ts';

/** What AWS and the API servers of a small account answered to one look at it, by request. */
export interface Recording {
  /** Bodies of AWS, by host, path and form. */
  aws: Map<string, { headers: Record<string, string>; body: string }>;
  /** Parsed pages and texts of Kubernetes, by cluster, path and query. */
  kubernetes: Map<string, unknown>;
}

const credentials = { accessKeyId: 'AKIAEXAMPLEEXAMPLE00', secretAccessKey: 'example' };

const awsKey = ({ path, query, body }: HttpRequest): string => `${path} ${JSON.stringify(query)} ${String(body ?? '')}`;
const kubernetesKey = (cluster: string, { path, query }: ApiRead): string =>
  `${cluster} ${path} ${JSON.stringify(query)}`;

/** Looks once at the lab and keeps every answer. */
export async function record(): Promise<Recording> {
  const lab = await startLab(faultWorld(), { sockets: false });
  Object.assign(process.env, lab.env);
  const recording: Recording = { aws: new Map(), kubernetes: new Map() };
  const clients = connect({ callsPerSecond: 1000, signal: new AbortController().signal });
  for (const client of [clients.sts, clients.eks, clients.elbv2, clients.ec2]) {
    const { requestHandler } = client.config;
    const through = requestHandler.handle.bind(requestHandler);
    requestHandler.handle = async (request, options) => {
      const { response } = await through(request, options);
      const body = Buffer.concat(await Array.fromAsync<Buffer>(response.body)).toString();
      recording.aws.set(awsKey(request), { headers: response.headers, body });
      return { response: answer(response.headers, body) };
    };
  }
  try {
    const kept = async (key: string, read: Promise<unknown>): Promise<unknown> => {
      const value = await read;
      recording.kubernetes.set(key, value);
      return value;
    };
    const recorded: Clients['kubernetes'] = (cluster, signal) => {
      const connection = clients.kubernetes(cluster, signal);
      return {
        ...connection,
        json: (read) => kept(kubernetesKey(cluster.name, read), connection.json(read)),
        text: async (read) => String(await kept(kubernetesKey(cluster.name, read), connection.text(read))),
      };
    };
    await observe({ ...clients, kubernetes: recorded }, { probe: false, ownAddresses: [] });
    return recording;
  } finally {
    clients.close();
    await lab.close();
  }
}

const answer = (headers: Record<string, string>, body: string): HttpResponse =>
  new HttpResponse({ statusCode: 200, headers, body: Buffer.from(body) });

/** Clients that give recorded answers, without a wire, and try each call once. */
export function replay({ aws, kubernetes }: Recording): Clients {
  const clients = connect({ region: 'eu-west-1', callsPerSecond: 1e6, signal: new AbortController().signal });
  for (const client of [clients.sts, clients.eks, clients.elbv2, clients.ec2]) {
    client.config.credentials = async () => credentials;
    client.config.retryStrategy = async () => ({
      acquireInitialRetryToken: async () => ({ getRetryCount: () => 0, getRetryDelay: () => 0 }),
      refreshRetryTokenForRetry: () => Promise.reject(new Error('once')),
      recordSuccess: () => undefined,
    });
    client.config.requestHandler.handle = async (request) => {
      const kept = aws.get(awsKey(request));
      if (kept === undefined) throw Object.assign(new Error('nothing answers'), { code: 'ECONNREFUSED' });
      return { response: answer(kept.headers, kept.body) };
    };
  }
  const open: Clients['kubernetes'] = (cluster, signal): Connection => {
    const recorded = (read: ApiRead): unknown => {
      const key = kubernetesKey(cluster.name, read);
      if (!kubernetes.has(key)) throw new InvalidAnswer('nothing answers');
      return kubernetes.get(key);
    };
    return {
      json: async (read) => recorded(read),
      text: async (read) => {
        const text = recorded(read);
        return typeof text === 'string' ? text : JSON.stringify(text);
      },
      pool: pool(),
      signal,
      close: async () => undefined,
    };
  };
  return { ...clients, kubernetes: open };
}
