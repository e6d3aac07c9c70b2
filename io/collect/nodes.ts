import type { V1Node } from '@kubernetes/client-node';
import type { Node } from '../../core/kubernetes.ts';
import { known } from '../known.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { list } from '../kubernetes/list.ts';
import { conditionsOf } from './conditions.ts';
import { metadataOf } from './metadata.ts';

/** Nodes of the cluster. */
export const readNodes = (connection: Connection): Promise<Node[]> =>
  list(connection, {
    action: 'list nodes',
    page: (query) => connection.core.listNode(query),
    keep: project,
  });

const project = ({ metadata, spec, status }: V1Node): Node => ({
  metadata: metadataOf(metadata),
  spec: known({
    providerID: spec?.providerID,
    unschedulable: spec?.unschedulable,
    taints: (spec?.taints ?? []).map(({ key, value, effect }) => known({ key, value, effect })),
  }),
  status: known({
    addresses: (status?.addresses ?? []).map(({ type, address }) => ({ type, address })),
    conditions: conditionsOf(status?.conditions),
    kubeletVersion: status?.nodeInfo?.kubeletVersion ?? '',
    osImage: status?.nodeInfo?.osImage,
  }),
});
