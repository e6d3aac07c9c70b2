import type { V1ConfigMap } from '@kubernetes/client-node';
import * as z from 'zod';
import { kubernetesReads } from '../../config/permissions.ts';
import type { ConfigMap } from '../../core/model/kubernetes.ts';
import type { Connection } from './client/connection.ts';
import type { Pool } from './client/pool.ts';
import { shapeOf } from './client/wire.ts';
import { metadataOf } from './metadata.ts';
import { readNamed } from './named.ts';
import { metadata, texts } from './shapes.ts';

const names = kubernetesReads.flatMap((read) => (read.resource === 'configmaps' ? (read.names ?? []) : []));

const configMap = shapeOf<V1ConfigMap>()(z.object({ metadata, data: texts }));

/** Those ConfigMaps of kube-system that exist and configure kube-proxy or the network plug-in; no others are read. */
export const readConfigMaps = (connection: Connection): Promise<ConfigMap[]> =>
  readNamed(connection, {
    action: 'get configmaps',
    path: '/api/v1/namespaces/kube-system/configmaps',
    names,
    shape: configMap,
    keep: project,
  });

const project = ({ metadata, data }: z.output<typeof configMap>, pool: Pool): ConfigMap => ({
  metadata: metadataOf(metadata, pool),
  data: data ?? {},
});
