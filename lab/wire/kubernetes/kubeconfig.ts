import type { Cluster } from '../../../core/model/aws.ts';

/** A kubeconfig (JSON is YAML) with one context per cluster, named after it; the first one is current. */
export function kubeconfig(clusters: Cluster[], token: string): string {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': clusters[0]?.name ?? '',
    clusters: clusters.map(({ name, endpoint, certificateAuthority }) => ({
      name,
      cluster: { server: endpoint, 'certificate-authority-data': certificateAuthority },
    })),
    users: [{ name: 'lab', user: { token } }],
    contexts: clusters.map(({ name }) => ({ name, context: { cluster: name, user: 'lab' } })),
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
