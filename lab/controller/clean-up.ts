import type { LoadBalancer } from '../../core/model/aws.ts';
import type { Service } from '../world/kubernetes-object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { type ControllerName, controllerOf } from './controller-of.ts';
import { portsOf } from './protocol.ts';
import { targetGroupOf } from './target-group.ts';

/** Takes away what was made for ports that the Service has no more: listener, target group, targets and binding. */
export function removeForsakenPorts(world: World, cluster: WorldCluster, service: Service): void {
  const kept = portsOf(service).map((port) => targetGroupOf(world, cluster, { service, port })?.arn);
  // A port without a group is one whose group is about to be made in the place of an older one.
  if (kept.includes(undefined)) return;
  const forsaken = ownOf(world, cluster, service, controllerOf(service) ?? 'lbc').filter((arn) => !kept.includes(arn));
  remove(world, cluster, forsaken);
}

/** Takes away the listeners of the Service's load balancer on ports that it has not, whoever made them (LBC:pkg/deploy/elbv2/listener_synthesizer.go). */
export function removeStrayListeners(world: World, service: Service, { arn }: LoadBalancer): void {
  const numbers = portsOf(service).map(({ port }) => port);
  world.listeners = world.listeners.filter(
    ({ loadBalancerArn, port }) => loadBalancerArn !== arn || numbers.includes(port),
  );
}

/** Takes away the load balancer of a Service that is of another type by now, and all behind it. */
export function removeLoadBalancerOf(world: World, cluster: WorldCluster, service: Service): void {
  if (service.spec.type === 'LoadBalancer' || controllerOf(service) !== undefined) return;
  for (const controller of ['lbc', 'ccm'] as const) {
    if (controller === 'lbc' && !cluster.controllerRunning) continue;
    remove(world, cluster, ownOf(world, cluster, service, controller));
    const isOwn = ownedBy(cluster, service, controller);
    const gone = world.loadBalancers.filter(isOwn);
    world.loadBalancers = world.loadBalancers.filter((each) => !gone.includes(each));
    const descriptions = gone.map(({ arn }) => `ELB ${arn.slice(arn.indexOf('/') + 1)}`);
    world.networkInterfaces = world.networkInterfaces.filter(({ description }) => !descriptions.includes(description));
  }
}

const ownOf = (world: World, cluster: WorldCluster, service: Service, controller: ControllerName): string[] =>
  world.targetGroups.filter(ownedBy(cluster, service, controller)).map(({ arn }) => arn);

const stackTags = {
  lbc: 'service.k8s.aws/stack',
  auto: 'service.eks.amazonaws.com/stack',
  ccm: 'kubernetes.io/service-name',
};
const clusterTags = (name: string) => ({
  lbc: ['elbv2.k8s.aws/cluster', name],
  auto: ['eks:eks-cluster-name', name],
  ccm: [`kubernetes.io/cluster/${name}`, 'owned'],
});

/** True for a resource that this controller made for the Service. */
const ownedBy =
  ({ cluster }: WorldCluster, { metadata }: Service, controller: ControllerName) =>
  ({ tags }: { tags: Record<string, string> }): boolean => {
    const [key = '', value] = clusterTags(cluster.name)[controller];
    return tags[stackTags[controller]] === `${metadata.namespace}/${metadata.name}` && tags[key] === value;
  };

function remove(world: World, cluster: WorldCluster, arns: string[]): void {
  world.targetGroups = world.targetGroups.filter(({ arn }) => !arns.includes(arn));
  world.listeners = world.listeners.filter(
    ({ forwards }) => !forwards.some(({ targetGroupArn }) => arns.includes(targetGroupArn)),
  );
  world.registrations = (world.registrations ?? []).filter(({ targetGroupArn }) => !arns.includes(targetGroupArn));
  cluster.objects = cluster.objects.filter(
    (object) => object.kind !== 'TargetGroupBinding' || !arns.includes(object.spec.targetGroupARN),
  );
}
