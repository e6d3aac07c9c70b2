import type { HealthCheck, TargetGroup } from '../../core/model/aws.ts';
import type { ServicePort } from '../../core/model/kubernetes.ts';
import { recordEvent } from '../world/event.ts';
import type { Service } from '../world/kubernetes-object.ts';
import { hour, minute } from '../world/moment.ts';
import { objectsOf } from '../world/object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { type ControllerName, controllerOf, targetTypeOf } from './controller-of.ts';
import { failureOf } from './failure.ts';
import { healthCheckSettings } from './health-check-settings.ts';
import { backendGroup, ensureLoadBalancer } from './load-balancer.ts';
import { writeLoadBalancerRules, writeSharedRule } from './node-rules.ts';
import { reconcileOwnBindings } from './own-binding.ts';
import { Refusal } from './refusal.ts';
import { refuseUnbuildable } from './refuse-unbuildable.ts';
import { fillTargetGroup } from './registrations.ts';
import { ensureTargetGroup, targetGroupOf } from './target-group.ts';
import { bindingOf, bindTargetGroup } from './target-group-binding.ts';

/** Brings AWS in line with every Service of type LoadBalancer, as the controller that owns it does. */
export function reconcile(world: World, cluster: WorldCluster): void {
  for (const service of objectsOf(cluster, 'Service')) {
    const controller = controllerAtWork(cluster, service);
    if (controller !== undefined) buildOrEvent({ world, cluster, service, controller });
  }
  if (cluster.controllerRunning) writeSharedRule(world, cluster);
  for (const service of objectsOf(cluster, 'Service')) {
    if (controllerAtWork(cluster, service) === undefined) continue;
    for (const port of service.spec.ports as ServicePort[]) {
      const targetGroup = targetGroupOf(world, cluster, { service, port });
      if (targetGroup) fillTargetGroup(world, cluster, { service, port, targetGroup });
    }
  }
  if (cluster.controllerRunning) reconcileOwnBindings(world, cluster);
}

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
    const healthCheck = healthCheckSettings({ service, controller, targetType: targetTypeOf(service) });
    deploy({ world, cluster, service, controller }, healthCheck);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    recordEvent(world, cluster, {
      about: service,
      type: 'Warning',
      reason: error.reason,
      message: error.message,
      component: controller !== 'ccm' ? 'service' : 'service-controller',
      ageSeconds: minute,
      lastingSeconds: 14 * minute,
      count: 12,
    });
  }
}

function deploy({ world, cluster, service, controller }: Task, healthCheck: HealthCheck): void {
  const loadBalancer = ensureLoadBalancer(world, cluster, service);
  for (const port of service.spec.ports as ServicePort[]) {
    const targetGroup: TargetGroup = ensureTargetGroup(world, { cluster, service, port, loadBalancer, healthCheck });
    if (controller === 'ccm') continue;
    const refused = failureOf(cluster, 'create targetgroupbindings', service.metadata);
    if (refused !== undefined && bindingOf(cluster, targetGroup) === undefined) {
      throw Refusal.ofDeploy(controller, refused);
    }
    bindTargetGroup(world, cluster, {
      service,
      port,
      targetGroup,
      backendGroupId: backendGroup(world, cluster).id,
    });
  }
  if (controller === 'ccm') writeLoadBalancerRules(world, cluster, { service, loadBalancer, healthCheck });
  service.status.loadBalancer = { ingress: [{ hostname: loadBalancer.dnsName }] };
  recordEvent(world, cluster, {
    about: service,
    type: 'Normal',
    reason: controller !== 'ccm' ? 'SuccessfullyReconciled' : 'EnsuredLoadBalancer',
    message: controller !== 'ccm' ? 'Successfully reconciled' : 'Ensured load balancer',
    component: controller !== 'ccm' ? 'service' : 'service-controller',
    ageSeconds: hour - 5 * minute,
  });
}
