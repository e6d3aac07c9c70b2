import type { V1ConfigMap } from '@kubernetes/client-node';
import type { ConfigMap } from '../../core/kubernetes.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { kubernetesReads } from '../permissions.ts';
import { statusOf } from '../refusal.ts';
import { metadataOf } from './metadata.ts';
import { redact } from './redact.ts';

const names = kubernetesReads.flatMap((read) => (read.resource === 'configmaps' ? (read.names ?? []) : []));

/** Those ConfigMaps of kube-system that exist and configure kube-proxy or the network plug-in; no others are read. */
export async function readConfigMaps(connection: Connection): Promise<ConfigMap[]> {
  const answers = await Promise.all(names.map((name) => read(connection, name)));
  return answers.flat();
}

async function read(connection: Connection, name: string): Promise<ConfigMap[]> {
  try {
    const answer = await connection.call('get configmaps', () =>
      connection.core.readNamespacedConfigMap({ name, namespace: 'kube-system' }),
    );
    return [project(answer)];
  } catch (error) {
    if (statusOf(error) === 404) return [];
    throw error;
  }
}

const project = ({ metadata, data }: V1ConfigMap): ConfigMap => ({
  metadata: metadataOf(metadata),
  data: Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [key, redact(value)])),
});
