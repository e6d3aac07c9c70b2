import type { HealthCheck, TargetGroup } from '../../core/aws.ts';
import type { ServicePort } from '../../core/kubernetes.ts';
import { recordEvent } from '../event.ts';
import { hour, minute } from '../moment.ts';
import { objectsOf } from '../object.ts';
import type { KubernetesObject, World, WorldCluster } from '../world.ts';
import { type ControllerName, controllerOf, targetTypeOf } from './controller-of.ts';
import { healthCheckSettings } from './health-check-settings.ts';
import { backendGroup, ensureLoadBalancer } from './load-balancer.ts';
import { writeLoadBalancerRules, writeSharedRule } from './node-rules.ts';
import { Refusal } from './refusal.ts';
import { registerTargets } from './registrations.ts';
import { ensureTargetGroup, targetGroupOf } from './target-group.ts';
import { bindTargetGroup } from './target-group-binding.ts';

/** Brings AWS in line with every Service of type LoadBalancer, as the controller that owns it does. */
export function reconcile(world: World, cluster: WorldCluster): void {
  for (const service of objectsOf(cluster, 'Service')) {
    const controller = controllerOf(service);
    if (controller === undefined) continue;
    const healthCheck = settingsOrEvent({ world, cluster, service, controller });
    if (healthCheck !== undefined) deploy({ world, cluster, service, controller }, healthCheck);
    for (const port of service['spec'].ports as ServicePort[]) {
      const targetGroup = targetGroupOf(world, cluster, { service, port });
      if (targetGroup) registerTargets(world, cluster, { service, port, targetGroup });
    }
  }
  writeSharedRule(world, cluster);
}

interface Task {
  world: World;
  cluster: WorldCluster;
  service: KubernetesObject;
  controller: ControllerName;
}

/** A Service that cannot be understood keeps what it has in AWS, and gets an Event that says why. */
function settingsOrEvent({ world, cluster, service, controller }: Task): HealthCheck | undefined {
  try {
    return healthCheckSettings({ service, controller, targetType: targetTypeOf(service) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    recordEvent(world, cluster, {
      about: service,
      type: 'Warning',
      reason: error.reason,
      message: error.message,
      component: controller === 'lbc' ? 'service' : 'service-controller',
      ageSeconds: minute,
      lastingSeconds: 14 * minute,
      count: 12,
    });
    return undefined;
  }
}

function deploy({ world, cluster, service, controller }: Task, healthCheck: HealthCheck): void {
  const loadBalancer = ensureLoadBalancer(world, cluster, service);
  for (const port of service['spec'].ports as ServicePort[]) {
    const targetGroup: TargetGroup = ensureTargetGroup(world, { cluster, service, port, loadBalancer, healthCheck });
    if (controller === 'ccm') continue;
    bindTargetGroup(world, cluster, {
      service,
      port,
      targetGroup,
      backendGroupId: backendGroup(world, cluster).id,
    });
  }
  if (controller === 'ccm') writeLoadBalancerRules(world, cluster, { service, loadBalancer, healthCheck });
  service['status'].loadBalancer = { ingress: [{ hostname: loadBalancer.dnsName }] };
  recordEvent(world, cluster, {
    about: service,
    type: 'Normal',
    reason: controller === 'lbc' ? 'SuccessfullyReconciled' : 'EnsuredLoadBalancer',
    message: controller === 'lbc' ? 'Successfully reconciled' : 'Ensured load balancer',
    component: controller === 'lbc' ? 'service' : 'service-controller',
    ageSeconds: hour - 5 * minute,
  });
}
