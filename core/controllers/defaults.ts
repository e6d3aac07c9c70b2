import { isLocal } from '../kubernetes/service.ts';
import type { HealthCheck } from '../model/aws.ts';
import type { Service, Workload } from '../model/kubernetes.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { controllerVersion, isOlder } from './controller-version.ts';

/**
 * What the controller sends where the Service has no annotation. Sources: LBC:pkg/service/model_builder.go,
 * CPA:pkg/providers/v1/aws.go buildNLBHealthCheckConfiguration.
 */
export function defaultsFor(group: TargetGroupContext, service: Service): Partial<HealthCheck> {
  const local = isLocal(group, service);
  const controller = group.owner?.controller;
  // What Auto Mode does without an annotation is not documented.
  if (controller === 'eks-auto-mode') return {};
  const port = local ? service.spec.healthCheckNodePort : 'traffic-port';
  const common = { path: local ? '/healthz' : '/', successCodes: '200-399', ...(port && { port: String(port) }) };
  if (local) {
    return {
      ...common,
      protocol: 'HTTP',
      intervalSeconds: 10,
      timeoutSeconds: 6,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
    };
  }
  const intervalSeconds = controller === 'cloud-provider-aws' ? 30 : 10;
  return {
    ...common,
    protocol: 'TCP',
    intervalSeconds,
    timeoutSeconds: 10,
    healthyThreshold: 3,
    unhealthyThreshold: 3,
  };
}

/**
 * The settings whose annotations this controller reads over. Sources: CPA:pkg/providers/v1/aws_loadbalancer.go
 * ensureTargetGroup; release notes of LBC v2.4.6; EKS user guide, automode/auto-configure-nlb.
 */
export function ignoredSettingsOf(
  group: TargetGroupContext,
  workloads: Workload[] | undefined,
): Set<keyof HealthCheck> {
  const advanced: (keyof HealthCheck)[] = ['timeoutSeconds', 'successCodes'];
  switch (group.owner?.controller) {
    case 'cloud-provider-aws':
      return new Set(advanced);
    case 'eks-auto-mode':
      return new Set([...advanced, 'intervalSeconds', 'healthyThreshold', 'unhealthyThreshold']);
    default: {
      const version = controllerVersion(workloads ?? []);
      return new Set(version !== undefined && isOlder(version, [2, 4, 6]) ? advanced : []);
    }
  }
}
