import type { HealthCheck, TargetGroup } from '../../core/model/aws.ts';
import { failedBefore, recordEvent } from '../world/event.ts';
import type { Service, TargetGroupBinding } from '../world/kubernetes-object.ts';
import { hour, minute } from '../world/moment.ts';
import { objectsOf } from '../world/object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { candidatesOf } from './candidates.ts';
import { removeForsakenPorts, removeLoadBalancerOf, removeStrayListeners } from './clean-up.ts';
import { type ControllerName, controllerOf, targetTypeOf } from './controller-of.ts';
import { failureOf } from './failure.ts';
import { reconcileGateways } from './health-check/gateway-health-check.ts';
import { healthCheckSettings } from './health-check/health-check-settings.ts';
import { ensureLoadBalancer } from './load-balancer.ts';
import { writeLoadBalancerRules, writeSharedRule } from './node-rules.ts';
import { everything, isAmong, type Noticed } from './noticed.ts';
import { reconcileOwnBindings } from './own-binding.ts';
import { portsOf } from './protocol.ts';
import { Refusal } from './refusal.ts';
import { isTypeLost, lostType, refuseUnbuildable } from './refuse-unbuildable.ts';
import { whyRefused } from './register-targets.ts';
import { fillTargetGroup, isDue } from './registrations.ts';
import { sourcesOf } from './sources.ts';
import { ensureTargetGroup, targetGroupOf } from './target-group.ts';
import { bindingOf, bindTargetGroup } from './target-group-binding.ts';

/** Brings AWS in line with every Service of type LoadBalancer that is noticed, as the controller that owns it does. */
export function reconcile(world: World, cluster: WorldCluster, { services, targets }: Noticed = everything): void {
  const bound = objectsOf(cluster, 'TargetGroupBinding');
  for (const service of objectsOf(cluster, 'Service').filter(({ metadata }) => isAmong(services, metadata))) {
    removeLoadBalancerOf(world, cluster, service);
    const controller = controllerAtWork(cluster, service);
    if (controller !== undefined) buildOrEvent({ world, cluster, service, controller });
    else if (isTypeLost(service)) recordRefusal({ world, cluster, service, controller: 'ccm' }, lostType);
  }
  const backends = objectsOf(cluster, 'Service')
    .filter((service) => controllerAtWork(cluster, service) !== undefined)
    .filter(({ metadata }) => isAmong(services, metadata) || isAmong(targets, metadata))
    .flatMap((service) =>
      portsOf(service).flatMap((port) => {
        const targetGroup = targetGroupOf(world, cluster, { service, port });
        return targetGroup === undefined ? [] : [{ service, port, targetGroup }];
      }),
    );
  // The rule is worked out for all bindings when the turn of one has come, or one has gone.
  const isOneGone = bound.some((binding) => !isThere(cluster, binding));
  if (cluster.controllerRunning && (isOneGone || backends.some((backend) => isDue(world, cluster, backend))))
    writeSharedRule(world, cluster);
  for (const backend of backends) fillTargetGroup(world, cluster, backend);
  if (!cluster.controllerRunning) return;
  reconcileGateways(world, cluster, { services, targets });
  reconcileOwnBindings(world, cluster, { services, targets });
}

const isThere = (cluster: WorldCluster, { metadata }: TargetGroupBinding): boolean =>
  objectsOf(cluster, 'TargetGroupBinding').some(
    ({ metadata: { namespace, name } }) => namespace === metadata.namespace && name === metadata.name,
  );

/** The controller that looks after the Service, if it works: the other ones run in the control plane. */
function controllerAtWork(cluster: WorldCluster, service: Service): ControllerName | undefined {
  const controller = controllerOf(service);
  if (controller === 'auto' && !cluster.cluster.autoModeLoadBalancing) return undefined;
  return controller === 'lbc' && !cluster.controllerRunning ? undefined : controller;
}

interface Task {
  world: World;
  cluster: WorldCluster;
  service: Service;
  controller: ControllerName;
}

/** A Service that the controller gives up on keeps what it has in AWS, and gets an Event that says why. */
function buildOrEvent({ world, cluster, service, controller }: Task): void {
  try {
    refuseUnbuildable(world, { service, controller });
    const [port] = portsOf(service);
    const isChange =
      controller !== 'ccm' && port !== undefined && targetGroupOf(world, cluster, { service, port }) !== undefined;
    const healthCheck = healthCheckSettings({ service, controller, targetType: targetTypeOf(service), isChange });
    deploy({ world, cluster, service, controller }, healthCheck);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    recordRefusal({ world, cluster, service, controller }, error);
  }
}

const recordRefusal = ({ world, cluster, service, controller }: Task, { reason, message }: Refusal): void =>
  recordEvent(world, cluster, {
    about: service,
    type: 'Warning',
    reason,
    message,
    component: controller !== 'ccm' ? 'service' : 'service-controller',
    ageSeconds: minute,
    lastingSeconds: 14 * minute,
    count: 12,
  });

function deploy({ world, cluster, service, controller }: Task, healthCheck: HealthCheck): void {
  const loadBalancer = ensureLoadBalancer(world, cluster, service);
  for (const port of portsOf(service)) {
    const targetGroup: TargetGroup = ensureTargetGroup(world, { cluster, service, port, loadBalancer, healthCheck });
    if (controller === 'ccm') continue;
    const refused = failureOf(cluster, 'create targetgroupbindings', service.metadata);
    if (refused !== undefined && bindingOf(cluster, targetGroup) === undefined) {
      throw Refusal.ofDeploy(controller, refused);
    }
    if (targetGroup.targetType === 'instance' && /QUIC/.test(targetGroup.protocol))
      throw Refusal.ofDeploy(controller, deniedQuic);
    bindTargetGroup(world, cluster, {
      service,
      port,
      targetGroup,
      sources: sourcesOf(world, cluster, { service, targetGroup }),
    });
  }
  removeForsakenPorts(world, cluster, service);
  removeStrayListeners(world, service, loadBalancer);
  if (controller === 'ccm') writeLoadBalancerRules(world, cluster, { service, loadBalancer, healthCheck });
  service.status.loadBalancer = { ingress: [{ hostname: loadBalancer.dnsName }] };
  // cloud-provider-aws registers in the same pass, and is not done where that fails.
  if (controller === 'ccm' && isRegistrationRefused(world, cluster, service)) return;
  recordEvent(world, cluster, {
    about: service,
    type: 'Normal',
    reason: controller !== 'ccm' ? 'SuccessfullyReconciled' : 'EnsuredLoadBalancer',
    message: controller !== 'ccm' ? 'Successfully reconciled' : 'Ensured load balancer',
    component: controller !== 'ccm' ? 'service' : 'service-controller',
    ageSeconds: failedBefore(cluster, service) ? 0 : hour - 5 * minute,
  });
}

/** Of its own webhook for bindings. */
const deniedQuic =
  'admission webhook "vtargetgroupbinding.elbv2.k8s.aws" denied the request: QUIC protocol is not supported for Instance target types.';

const isRegistrationRefused = (world: World, cluster: WorldCluster, service: Service): boolean =>
  portsOf(service).some((port) => {
    const targetGroup = targetGroupOf(world, cluster, { service, port });
    const backend = targetGroup && { service, port, targetGroup };
    return (
      backend !== undefined && whyRefused(world, backend.targetGroup, candidatesOf(cluster, backend)) !== undefined
    );
  });
