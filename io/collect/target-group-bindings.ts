import type { TargetGroupBinding } from '../../core/kubernetes.ts';
import { known } from '../known.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { list } from '../kubernetes/list.ts';
import { statusOf } from '../refusal.ts';
import { selectorOf } from './label-selector.ts';
import { metadataOf } from './metadata.ts';
import { type BindingAnswer, bindingPage } from './target-group-binding-schema.ts';

/** The aws-load-balancer-controller's kind, and the one of the controller that EKS Auto Mode runs. */
export const bindingKinds = {
  controller: { group: 'elbv2.k8s.aws', version: 'v1beta1' },
  autoMode: { group: 'eks.amazonaws.com', version: 'v1' },
};

type BindingKind = { group: string; version: string };

/** TargetGroupBindings of all namespaces; none where the kind is not installed. */
export async function readTargetGroupBindings(
  connection: Connection,
  kind: BindingKind,
): Promise<TargetGroupBinding[]> {
  try {
    return await list(connection, {
      action: 'list targetgroupbindings',
      page: async ({ limit, _continue }) => {
        const answer: unknown = await connection.custom.listCustomObjectForAllNamespaces({
          ...kind,
          resourcePlural: 'targetgroupbindings',
          limit,
          ...(_continue && { _continue }),
        });
        const { items, metadata } = bindingPage.parse(answer);
        return { items, metadata: known({ _continue: metadata?.continue }) };
      },
      keep: project,
    });
  } catch (error) {
    if (statusOf(error) === 404) return [];
    if (statusOf(error) === 403 && !(await isServed(connection, kind))) return [];
    throw error;
  }
}

/** Authorization comes before existence, so a refusal says nothing of the kind; discovery is open to everybody. */
async function isServed(connection: Connection, kind: BindingKind): Promise<boolean> {
  try {
    await connection.call('get apiresources', () => connection.custom.getAPIResources(kind));
    return true;
  } catch (error) {
    return statusOf(error) !== 404;
  }
}

const project = ({ metadata, spec }: BindingAnswer): TargetGroupBinding => ({
  metadata: metadataOf(metadata),
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
