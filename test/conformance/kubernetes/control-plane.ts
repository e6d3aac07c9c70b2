import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueForLoopback } from '../../../lab/wire/certificates.ts';
import { type AdminClient, adminClient } from './admin-client.ts';
import { type EtcdClient, etcdClient } from './etcd-client.ts';
import type { Programs } from './find-api-server.ts';
import { freePorts } from './free-ports.ts';
import { type PodLogs, serveKubelets } from './kubelets.ts';
import { type Program, run } from './program.ts';
import { serveTokenReviews } from './token-reviews.ts';

/** A real API server with its etcd, on loopback. */
export interface ControlPlane {
  endpoint: string;
  /** PEM in base64, as DescribeCluster gives it. */
  certificateAuthority: string;
  admin: AdminClient;
  /** Bearer token of the administrator. */
  token: string;
  etcd: EtcdClient;
  /** Which logs the kubelets of all nodes answer from now on. */
  serveLogs(logs: PodLogs): void;
  close(): Promise<void>;
}

interface Authority {
  /** User and groups behind a bearer token; `undefined` for one that is not good. */
  identify(token: string): { username: string; groups: string[] } | undefined;
}

/** Starts etcd and an API server that has RBAC, takes tokens as EKS does, and reaches kubelets through a proxy. */
export async function startControlPlane(programs: Programs, { identify }: Authority): Promise<ControlPlane> {
  const folder = mkdtempSync(join(tmpdir(), 'control-plane-'));
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const [etcdPort, peerPort, apiPort] = await freePorts(3);
  const etcdUrl = `http://127.0.0.1:${etcdPort}`;
  const endpoint = `https://127.0.0.1:${apiPort}`;
  const processes: Program[] = [];
  const reviews = await serveTokenReviews(identify);
  const kubelets = await serveKubelets(join(folder, 'kubelets.sock'));

  async function close(): Promise<void> {
    for (const program of processes.toReversed()) await program.stop();
    await Promise.all([reviews.close(), kubelets.close()]);
    rmSync(folder, { recursive: true });
  }

  try {
    const peerUrl = `http://127.0.0.1:${peerPort}`;
    const etcd = run(programs.etcd, {
      'data-dir': join(folder, 'etcd'),
      'listen-client-urls': etcdUrl,
      'advertise-client-urls': etcdUrl,
      'listen-peer-urls': peerUrl,
      'initial-advertise-peer-urls': peerUrl,
      'initial-cluster': `default=${peerUrl}`,
      'unsafe-no-fsync': 'true',
    });
    processes.push(etcd);
    await etcd.until(async () => (await fetch(`${etcdUrl}/health`)).ok);

    const { ca, server } = await issueForLoopback('control-plane-ca');
    const accounts = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const token = randomBytes(24).toString('base64url');
    const admin = adminClient({ endpoint, ca, token });
    const apiServer = run(programs.apiServer, {
      'etcd-servers': etcdUrl,
      // As it was loaded, readable by the tests, which give objects their age.
      'storage-media-type': 'application/json',
      // The tests compact when they want to.
      'etcd-compaction-interval': '0',
      'bind-address': '127.0.0.1',
      'secure-port': String(apiPort),
      'advertise-address': '10.20.255.254',
      'endpoint-reconciler-type': 'none',
      'tls-cert-file': write('server.crt', server.cert),
      'tls-private-key-file': write('server.key', server.key),
      'service-account-issuer': 'https://kubernetes.default.svc',
      'service-account-key-file': write('accounts.pub', accounts.publicKey),
      'service-account-signing-key-file': write('accounts.key', accounts.privateKey),
      'service-cluster-ip-range': '172.20.0.0/16,fd00:172:20::/108',
      'authorization-mode': 'RBAC',
      'token-auth-file': write('tokens.csv', `${token},admin,admin,system:masters\n`),
      'authentication-token-webhook-version': 'v1',
      'authentication-token-webhook-config-file': write('reviews.json', kubeconfig(reviews.url)),
      'egress-selector-config-file': write('egress.json', egressThrough(kubelets.path)),
      // What these plugins add comes from controllers and kubelets that are not here.
      'disable-admission-plugins': 'ServiceAccount,TaintNodesByCondition',
      'allow-privileged': 'true',
    });
    processes.push(apiServer);
    await apiServer.until(async () => (await admin.call('GET', '/readyz')).status === 200);
    return {
      endpoint,
      certificateAuthority: Buffer.from(ca).toString('base64'),
      admin,
      token,
      etcd: etcdClient(etcdUrl),
      serveLogs: kubelets.serve,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const kubeconfig = (server: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'reviews',
    clusters: [{ name: 'reviews', cluster: { server } }],
    users: [{ name: 'api-server', user: {} }],
    contexts: [{ name: 'reviews', context: { cluster: 'reviews', user: 'api-server' } }],
  });

/** Everything that the API server sends to nodes goes through an HTTP proxy, as in EKS. */
const egressThrough = (udsName: string): string =>
  JSON.stringify({
    apiVersion: 'apiserver.k8s.io/v1beta1',
    kind: 'EgressSelectorConfiguration',
    egressSelections: [
      {
        name: 'cluster',
        connection: { proxyProtocol: 'HTTPConnect', transport: { uds: { udsName } } },
      },
    ],
  });
