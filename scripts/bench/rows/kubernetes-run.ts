/** Reads one cluster in a process of its own, and prints what it took as JSON. */
import type { Cluster } from '../../../core/model/aws.ts';
import type { Clients } from '../../../io/aws/clients.ts';
import { noUsage } from '../../../io/aws/usage.ts';
import { openConnection } from '../../../io/kubernetes/client/connection.ts';
import { readCluster } from '../../../io/kubernetes/cluster.ts';

const [port = '', ca = ''] = process.argv.slice(2);
const signal = AbortSignal.timeout(280_000);
const clients = {
  signal,
  kubernetes: (cluster: Cluster) => openConnection({ cluster, token: async () => 'token', signal, usage: noUsage() }),
} as unknown as Clients;
const cluster = {
  name: 'bench',
  endpoint: `https://127.0.0.1:${port}`,
  certificateAuthority: Buffer.from(ca).toString('base64'),
} as Cluster;

const [cpu, began] = [process.cpuUsage(), performance.now()];
const { slices, gaps } = await readCluster(clients, cluster);
const { user, system } = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    pods: slices.pods.length,
    nodes: slices.nodes.length,
    services: slices.services.length,
    gaps: gaps.length,
    cpuSeconds: (user + system) / 1e6,
    wallSeconds: (performance.now() - began) / 1000,
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
process.exit(0);
