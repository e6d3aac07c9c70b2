import type { TargetGroup } from '../../core/aws.ts';
import type { ServicePort } from '../../core/kubernetes.ts';
import { ageInSeconds, before, later } from '../moment.ts';
import { instanceIdOf } from '../node.ts';
import { objectsOf } from '../object.ts';
import { endpointsOf } from '../physics/endpoint-slices.ts';
import { isReady, readyCondition } from '../physics/kubelet.ts';
import type { KubernetesObject, Registration, World, WorldCluster } from '../world.ts';
import { controllerOf } from './controller-of.ts';

interface Backend {
  service: KubernetesObject;
  port: ServicePort;
  targetGroup: TargetGroup;
}

/** A target that should be registered, and since when it could be. */
interface Candidate {
  id: string;
  port: number;
  since: string;
}

/**
 * Registers what should be registered with a target group and deregisters the rest: every eligible node on the
 * NodePort, or every ready endpoint (aws-load-balancer-controller pkg/backend; kubernetes/cloud-provider
 * controllers/service).
 */
export function registerTargets(world: World, cluster: WorldCluster, backend: Backend): void {
  const { service, targetGroup } = backend;
  const candidates =
    targetGroup.targetType === 'instance' ? nodeCandidates(cluster, backend) : podCandidates(cluster, backend);
  const all = world.registrations ?? [];
  const own = all.filter(({ targetGroupArn }) => targetGroupArn === targetGroup.arn);
  const current = own.filter(({ deregisteredAt }) => deregisteredAt === undefined);
  const isWanted = ({ id, port }: Registration) => candidates.some((other) => other.id === id && other.port === port);

  const added = candidates
    .filter(({ id, port }) => !current.some((other) => other.id === id && other.port === port))
    .map(({ id, port, since }) => ({
      targetGroupArn: targetGroup.arn,
      id,
      port,
      registeredAt: later(since, service['metadata'].creationTimestamp),
    }));
  const leaving = own
    .filter((registration) => !isWanted(registration))
    .map((registration) => ({ deregisteredAt: leftAt(world, cluster, registration), ...registration }))
    .filter(({ deregisteredAt }) => ageInSeconds(world.now, deregisteredAt) < deregistrationDelay(targetGroup));
  world.registrations = [
    ...all.filter(({ targetGroupArn }) => targetGroupArn !== targetGroup.arn),
    ...current.filter(isWanted),
    ...added,
    ...leaving,
  ];
}

const deregistrationDelay = ({ attributes }: TargetGroup): number =>
  Number(attributes['deregistration_delay.timeout_seconds']);

function nodeCandidates(cluster: WorldCluster, { service, port }: Backend): Candidate[] {
  const needsReady = controllerOf(service) === 'lbc';
  return objectsOf(cluster, 'Node')
    .filter(({ metadata }) => !('node.kubernetes.io/exclude-from-external-load-balancers' in metadata.labels))
    .filter((node) => !needsReady || isReady(node))
    .map((node) => ({
      id: instanceIdOf(node),
      port: port.nodePort ?? 0,
      since: node['metadata'].creationTimestamp,
    }));
}

function podCandidates(cluster: WorldCluster, { service, port }: Backend): Candidate[] {
  const { namespace } = service['metadata'];
  return endpointsOf(cluster, service, port)
    .filter(({ ready }) => ready)
    .map((endpoint) => {
      const pod = objectsOf(cluster, 'Pod').find(
        ({ metadata }) => metadata.namespace === namespace && metadata.name === endpoint.podName,
      );
      const since = pod && readyCondition(pod)?.lastTransitionTime;
      return { id: endpoint.address, port: endpoint.port, since: since ?? service['metadata'].creationTimestamp };
    });
}

/** A target leaves when its pod ceases to be ready; one whose pod is gone leaves now. */
function leftAt(world: World, cluster: WorldCluster, { id }: Registration): string {
  const pod = objectsOf(cluster, 'Pod').find(({ status }) => status.podIP === id);
  return (pod && readyCondition(pod)?.lastTransitionTime) ?? before(world.now, 0);
}
