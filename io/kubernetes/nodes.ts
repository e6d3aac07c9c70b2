import type { V1Node } from '@kubernetes/client-node';
import * as z from 'zod';
import type { Node } from '../../core/model/kubernetes.ts';
import { known } from '../aws/known.ts';
import type { Connection } from './client/connection.ts';
import { list } from './client/list.ts';
import type { Pool } from './client/pool.ts';
import { shapeOf } from './client/wire.ts';
import { conditionsOf } from './conditions.ts';
import { metadataOf } from './metadata.ts';
import { conditions, flag, listOf, metadata, text } from './shapes.ts';

const node = shapeOf<V1Node>()(
  z.object({
    metadata,
    spec: z
      .object({
        providerID: text,
        unschedulable: flag,
        taints: listOf(z.object({ key: z.string(), value: text, effect: z.string() })),
      })
      .nullish(),
    status: z
      .object({
        addresses: listOf(z.object({ type: z.string(), address: z.string() })),
        conditions,
        nodeInfo: z.object({ kubeletVersion: text, osImage: text }).nullish(),
      })
      .nullish(),
  }),
);

/** Nodes of the cluster. */
export const readNodes = (connection: Connection, kept: Node[] = []): Promise<Node[]> =>
  list(connection, { action: 'list nodes', path: '/api/v1/nodes', shape: node, keep: project }, kept);

const project = ({ metadata, spec, status }: z.output<typeof node>, pool: Pool): Node => ({
  metadata: metadataOf(metadata, pool),
  spec: known({
    providerID: spec?.providerID,
    unschedulable: spec?.unschedulable,
    taints: pool.value((spec?.taints ?? []).map(({ key, value, effect }) => known({ key, value, effect }))),
  }),
  status: known({
    addresses: (status?.addresses ?? []).map(({ type, address }) => ({ type: pool.text(type), address })),
    conditions: conditionsOf(status?.conditions, pool),
    kubeletVersion: pool.text(status?.nodeInfo?.kubeletVersion ?? ''),
    osImage: status?.nodeInfo?.osImage && pool.text(status.nodeInfo.osImage),
  }),
});
