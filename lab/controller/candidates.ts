import type { TargetGroup } from '../../core/model/aws.ts';
import type { ServicePort } from '../../core/model/kubernetes.ts';
import { endpointsOfFamily } from '../physics/endpoint-slices.ts';
import { isReady, readyCondition } from '../physics/kubelet.ts';
import type { Node, Service } from '../world/kubernetes-object.ts';
import { hasInstance, instanceIdOf, isFargate } from '../world/network/node.ts';
import { objectOf, objectsOf } from '../world/object.ts';
import type { WorldCluster } from '../world/world.ts';
import { controllerOf } from './controller-of.ts';
import { bindingOf } from './target-group-binding.ts';

/** A Service port and the target group that was made for it. */
export interface Backend {
  service: Service;
  port: ServicePort;
  targetGroup: TargetGroup;
}

/** A target that should be registered, and since when it could be. */
export interface Candidate {
  id: string;
  port: number;
  since: string;
}

/** What should be registered: every eligible node on the NodePort, or every ready endpoint. */
export const candidatesOf = (cluster: WorldCluster, backend: Backend): Candidate[] =>
  backend.targetGroup.targetType === 'instance' ? nodeCandidates(cluster, backend) : podCandidates(cluster, backend);

function nodeCandidates(cluster: WorldCluster, { service, port, targetGroup }: Backend): Candidate[] {
  if (port.nodePort === undefined) return [];
  const { nodePort } = port;
  // cloud-provider-aws leaves out what is no instance; the other controller stops at it before it comes here.
  return eligibleNodes(cluster, { service, targetGroup })
    .filter(hasInstance)
    .map((node) => ({
      id: instanceIdOf(node),
      port: nodePort,
      since: node.metadata.creationTimestamp,
    }));
}

/**
 * LBC takes nodes that are Ready and not about to leave (pkg/backend/endpoint_utils.go). cloud-provider-aws keeps those
 * that have been registered, Ready or not (kubernetes/cloud-provider controllers/service, stable node set).
 */
export function eligibleNodes(
  cluster: WorldCluster,
  { service, targetGroup }: Pick<Backend, 'service' | 'targetGroup'>,
): Node[] {
  const needsReady = controllerOf(service) !== 'ccm';
  const { annotations } = service.metadata;
  // The AWS Load Balancer Controller goes by its binding, which keeps the labels of before where it refuses new ones.
  const wanted =
    bindingOf(cluster, targetGroup)?.spec.nodeSelector?.matchLabels ??
    (needsReady ? {} : selectorOf(annotations['service.beta.kubernetes.io/aws-load-balancer-target-node-labels']));
  return objectsOf(cluster, 'Node')
    .filter((node) => !isExcluded(node, service))
    .filter((node) => !isFargate(node))
    .filter(({ metadata }) =>
      Object.entries(wanted).every(([key, value]) =>
        value === undefined ? key in metadata.labels : metadata.labels[key] === value,
      ),
    )
    .filter((node) => !needsReady || (isReady(node) && !isLeaving(node)));
}

const exclusionLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';
const olderExclusionLabels = [
  'alpha.service-controller.kubernetes.io/exclude-balancer',
  'node-role.kubernetes.io/master',
];

/**
 * aws-load-balancer-controller looks for a label alone, whatever its value (pkg/backend/endpoint_utils.go); cloud-provider-aws
 * reads the value, and knows only the label of today (kubernetes/cloud-provider v0.36.0 controllers/service/controller.go).
 */
function isExcluded({ metadata: { labels } }: Node, service: Service): boolean {
  const value = labels[exclusionLabel];
  if (controllerOf(service) === 'ccm') return value !== undefined && !/^(0|[fF]|false|False|FALSE)$/.test(value);
  return value !== undefined || olderExclusionLabels.some((label) => label in labels);
}

const isLeaving = ({ spec }: Node): boolean =>
  (spec.taints ?? []).some(({ key }: { key: string }) =>
    ['ToBeDeletedByClusterAutoscaler', 'karpenter.sh/disrupted'].includes(key),
  );

/** The `k=v,k2=v2` of the target-node-labels annotation; to cloud-provider-aws `k` alone means any value. */
const selectorOf = (text = ''): Record<string, string | undefined> =>
  Object.fromEntries(
    text
      .split(',')
      .map((pair) => pair.trim().split('='))
      .flatMap(([key, value]) => (key ? [[key, value === '' ? undefined : value]] : [])),
  );

/** Pods without a server id are left out of a QUIC group (aws-load-balancer-controller pkg/k8s/pod_info.go). */
const isQuic = ({ protocol }: TargetGroup): boolean => protocol === 'QUIC' || protocol === 'TCP_QUIC';

function hasServerId(cluster: WorldCluster, pod: { namespace: string; name: string }): boolean {
  const { metadata, spec } = objectOf(cluster, 'Pod', pod);
  return (
    metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-quic-enabled-containers'] !== undefined &&
    spec.containers.some(({ env = [] }: { env?: { name: string }[] }) =>
      env.some(({ name }) => name === 'AWS_LBC_QUIC_SERVER_ID'),
    )
  );
}

function podCandidates(cluster: WorldCluster, { service, port, targetGroup }: Backend): Candidate[] {
  const { namespace } = service.metadata;
  const family = targetGroup.ipAddressType === 'ipv6' ? 'IPv6' : 'IPv4';
  return endpointsOfFamily(cluster, service, { port, family })
    .filter(({ ready }) => ready)
    .filter(({ podName }) => !isQuic(targetGroup) || hasServerId(cluster, { namespace, name: podName }))
    .map((endpoint) => {
      const pod = objectsOf(cluster, 'Pod').find(
        ({ metadata }) => metadata.namespace === namespace && metadata.name === endpoint.podName,
      );
      const since = pod && readyCondition(pod)?.lastTransitionTime;
      return { id: endpoint.address, port: endpoint.port, since: since ?? service.metadata.creationTimestamp };
    });
}
