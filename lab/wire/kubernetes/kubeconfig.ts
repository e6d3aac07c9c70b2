import type { Cluster } from '../../../core/model/aws.ts';

/** A kubeconfig (JSON is YAML) with one context per cluster, named by its ARN as the AWS CLI does; the first one is current. */
export function kubeconfig(clusters: Cluster[], token: string): string {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': clusters[0]?.arn ?? '',
    clusters: clusters.map(({ arn, endpoint, certificateAuthority }) => ({
      name: arn,
      cluster: { server: endpoint, 'certificate-authority-data': certificateAuthority },
    })),
    users: [{ name: 'lab', user: { token } }],
    contexts: clusters.map(({ arn }) => ({ name: arn, context: { cluster: arn, user: 'lab' } })),
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
