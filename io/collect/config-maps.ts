import type { V1ConfigMap } from '@kubernetes/client-node';
import * as z from 'zod';
import type { ConfigMap } from '../../core/kubernetes.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { readNamed } from '../kubernetes/named.ts';
import type { Pool } from '../kubernetes/pool.ts';
import { metadata, texts } from '../kubernetes/shapes.ts';
import { shapeOf } from '../kubernetes/wire.ts';
import { kubernetesReads } from '../permissions.ts';
import { metadataOf } from './metadata.ts';
import { redact } from './redact.ts';

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
  data: Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [key, redact(value)])),
});
