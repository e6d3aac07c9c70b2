import type * as z from 'zod';
import type { TargetGroupBinding } from '../../core/model/kubernetes.ts';
import { known } from '../aws/known.ts';
import { statusOf } from '../aws/refusal.ts';
import type { Connection } from './client/connection.ts';
import { list } from './client/list.ts';
import type { Pool } from './client/pool.ts';
import { selectorOf } from './label-selector.ts';
import { metadataOf } from './metadata.ts';
import { binding } from './target-group-binding-schema.ts';

/** The aws-load-balancer-controller's kind, and the one of the controller that EKS Auto Mode runs. */
export const bindingKinds = {
  controller: '/apis/elbv2.k8s.aws/v1beta1',
  autoMode: '/apis/eks.amazonaws.com/v1',
};

/** How to read the TargetGroupBindings of all namespaces; none where the kind, one of `bindingKinds`, is not installed. */
export const readTargetGroupBindings =
  (version: string) =>
  (connection: Connection, kept: TargetGroupBinding[] = []): Promise<TargetGroupBinding[]> =>
    readWhereServed(connection, version, kept);

async function readWhereServed(
  connection: Connection,
  version: string,
  kept: TargetGroupBinding[],
): Promise<TargetGroupBinding[]> {
  try {
    return await list(
      connection,
      {
        action: 'list targetgroupbindings',
        path: `${version}/targetgroupbindings`,
        shape: binding,
        keep: version === bindingKinds.autoMode ? ofAutoMode : project,
        fromCache: true,
      },
      kept,
    );
  } catch (error) {
    if (statusOf(error) === 404) return [];
    if (statusOf(error) === 403 && !(await isServed(connection, version))) return [];
    throw error;
  }
}

/** Authorization comes before existence, so a refusal says nothing of the kind; discovery is open to everybody. */
async function isServed(connection: Connection, path: string): Promise<boolean> {
  try {
    await connection.json({ action: 'get apiresources', path });
    return true;
  } catch (error) {
    return statusOf(error) !== 404;
  }
}

const ofAutoMode = (answer: z.output<typeof binding>, pool: Pool): TargetGroupBinding => ({
  group: 'eks.amazonaws.com',
  ...project(answer, pool),
});

const project = ({ metadata, spec }: z.output<typeof binding>, pool: Pool): TargetGroupBinding => ({
  metadata: metadataOf(metadata, pool),
  spec: known({
    targetGroupARN: spec.targetGroupARN,
    targetGroupName: spec.targetGroupName,
    targetType: spec.targetType,
    serviceRef: spec.serviceRef,
    networking: spec.networking && {
      ingress: (spec.networking.ingress ?? []).map(({ from, ports }) => ({
        from: (from ?? []).map(({ securityGroup, ipBlock }) =>
          known({ groupId: securityGroup?.groupID, cidr: ipBlock?.cidr }),
        ),
        ports: (ports ?? []).map((port) => known({ port: port.port, protocol: port.protocol })),
      })),
    },
    nodeSelector: spec.nodeSelector && selectorOf(spec.nodeSelector),
    multiClusterTargetGroup: spec.multiClusterTargetGroup,
  }),
});
