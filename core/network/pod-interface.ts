import { nodeOf } from '../kubernetes/service.ts';
import { cniSetting } from '../kubernetes/vpc-cni.ts';
import type { NetworkInterface, Target } from '../model/aws.ts';
import type { Endpoint, Node, Pod, Workload } from '../model/kubernetes.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { interfaceAt, interfaceOf, interfacesOf } from './interfaces.ts';

/**
 * The branch interface of a pod with security groups of its own, by the annotation that the VPC resource controller writes
 * (EKS user guide, "Assign security groups to individual Pods").
 */
export function branchInterfaceOf(pod: Pod | undefined): string | undefined {
  const annotation = pod?.metadata.annotations['vpc.amazonaws.com/pod-eni'];
  if (annotation === undefined) return undefined;
  return /"eniId"\s*:\s*"(eni-[0-9a-f]+)"/.exec(annotation)?.[1] ?? 'that its annotation names';
}

/** The interface of the same instance that has device index 0. */
export const primaryOf = (
  { instanceId }: NetworkInterface,
  networkInterfaces: NetworkInterface[],
): NetworkInterface | undefined =>
  interfacesOf(instanceId, networkInterfaces).find(({ deviceIndex }) => deviceIndex === 0);

/** True when custom networking put the pod's address on an interface with other security groups than the node's. */
export function isOnEniConfigInterface(
  target: Target,
  { targetGroup }: TargetGroupContext,
  { workloads, networkInterfaces }: { workloads: Workload[]; networkInterfaces: NetworkInterface[] },
): boolean {
  if (cniSetting(workloads, 'AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG') !== 'true') return false;
  const own = interfaceOf(target, targetGroup, networkInterfaces);
  const primary = own && primaryOf(own, networkInterfaces);
  if (own === undefined || primary === undefined || own.id === primary.id) return false;
  return own.securityGroups.toSorted().join() !== primary.securityGroups.toSorted().join();
}

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
