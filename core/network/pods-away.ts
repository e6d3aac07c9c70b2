import { nodeOf } from '../kubernetes/service.ts';
import type { NetworkInterface, Target } from '../model/aws.ts';
import type { Endpoint, Node } from '../model/kubernetes.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { interfaceAt, interfaceOf } from './interfaces.ts';
import { primaryOf } from './pod-interface.ts';

/**
 * The ready endpoints on the node of an instance target, and the addresses of those that belong to a secondary interface of it: without the
 * CNI's support for NodePorts their answers leave by that one (amazon-vpc-cni-k8s README, AWS_VPC_CNI_NODE_PORT_SUPPORT).
 */
export function podsAway(
  target: Target,
  { targetGroup }: Pick<TargetGroupContext, 'targetGroup'>,
  { ready, nodes, networkInterfaces }: { ready: Endpoint[]; nodes: Node[]; networkInterfaces: NetworkInterface[] },
): { name: string | undefined; away: string[]; isAway: boolean } {
  const name = nodeOf(target, nodes)?.metadata.name;
  const primary = interfaceOf(target, targetGroup, networkInterfaces);
  const own = ready.filter(({ nodeName }) => nodeName === name).flatMap(({ addresses }) => addresses);
  const away = own.filter((address) => {
    const there = interfaceAt(address, networkInterfaces);
    return there !== undefined && there.id !== primary?.id && primaryOf(there, networkInterfaces)?.id === primary?.id;
  });
  return { name, away, isAway: away.length > 0 && away.length === own.length };
}
