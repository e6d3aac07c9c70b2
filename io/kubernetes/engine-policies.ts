import * as z from 'zod';
import type { EnginePolicy, NodeClass } from '../../core/model/custom-resources/engine-policy.ts';
import { known } from '../aws/known.ts';
import { statusOf } from '../aws/refusal.ts';
import type { Connection } from './client/connection.ts';
import { list } from './client/list.ts';
import { type EngineKind, engineKinds } from './engine-policy-kinds.ts';
import { metadataOf } from './metadata.ts';
import { metadata, text } from './shapes.ts';

const groupList = z.object({ groups: z.array(z.object({ name: z.string() })) });

/** Names of the API groups that the cluster serves; discovery is open to everyone who is let in (system:discovery). */
export async function readApiGroups(connection: Connection): Promise<string[]> {
  const answer = groupList.parse(await connection.json({ action: 'get apigroups', path: '/apis' }));
  return answer.groups.map(({ name }) => name);
}

/** The kinds of network engines whose API group is among those served. */
export const engineKindsAmong = (groups: string[]): EngineKind[] =>
  engineKinds.filter(({ group }) => groups.includes(group));

/** `list` with the resource as kubectl takes it, for example `list globalnetworkpolicies.crd.projectcalico.org`. */
export const actionOf = ({ resource, group }: EngineKind): string => `list ${resource}.${group}`;

/** How to read one kind of a network engine from all namespaces; none where it is not installed. */
export const readEngineKind =
  (given: EngineKind) =>
  async (connection: Connection, kept: EnginePolicy[] = []): Promise<EnginePolicy[]> => {
    const { group, version, resource, shape } = given;
    const path = `/apis/${group}/${version}/${resource}`;
    const objects = await whereServed(() =>
      list(connection, {
        action: actionOf(given),
        path,
        shape,
        keep: (raw, pool) => given.keep(raw as never, metadataOf(raw.metadata, pool), `${resource}.${group}`),
        fromCache: true,
      }),
    );
    kept.push(...objects.flat());
    return kept;
  };

const nodeClass = z.object({ metadata, spec: z.object({ networkPolicy: text }).nullish() });

/** NodeClasses of EKS Auto Mode; none where the kind is not installed. */
export const readNodeClasses = async (connection: Connection, kept: NodeClass[] = []): Promise<NodeClass[]> => {
  const objects = await whereServed(() =>
    list(connection, {
      action: 'list nodeclasses.eks.amazonaws.com',
      path: '/apis/eks.amazonaws.com/v1/nodeclasses',
      shape: nodeClass,
      keep: ({ metadata: meta, spec }, pool): NodeClass => ({
        metadata: metadataOf(meta, pool),
        spec: known({ networkPolicy: spec?.networkPolicy }),
      }),
      fromCache: true,
    }),
  );
  kept.push(...objects);
  return kept;
};

async function whereServed<Item>(read: () => Promise<Item[]>): Promise<Item[]> {
  try {
    return await read();
  } catch (error) {
    if (statusOf(error) === 404) return [];
    throw error;
  }
}
