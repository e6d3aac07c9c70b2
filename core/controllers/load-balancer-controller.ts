import type { SecurityGroupRule } from '../model/aws.ts';
import type { Service, TargetGroupBinding, Workload } from '../model/kubernetes.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { annotationPrefix } from './annotation-prefix.ts';
import { argumentsOf, controllersOf } from './controller.ts';
import { bindingsOf } from './reconcile-errors.ts';

interface Seen {
  targetGroupBindings?: TargetGroupBinding[] | undefined;
  workloads?: Workload[] | undefined;
}

/**
 * True when the controller is to write the rules that let the load balancer reach the targets: the binding says so, else
 * annotations and the controller's flag (LBC:pkg/service/model_build_load_balancer.go). cloud-provider-aws always does.
 */
export function managesBackendRules(
  group: TargetGroupContext,
  service: Service,
  { targetGroupBindings, workloads }: Seen,
): boolean {
  if (group.owner?.controller === 'cloud-provider-aws') return true;
  const binding = bindingsOf(group, targetGroupBindings ?? [])[0];
  if (binding !== undefined) return (binding.spec.networking?.ingress.length ?? 0) > 0;
  const { annotations } = service.metadata;
  const setting = annotations[`${annotationPrefix}manage-backend-security-group-rules`];
  if (group.loadBalancer?.securityGroups.length === 0) return setting !== 'false';
  if (annotations[`${annotationPrefix}security-groups`] === undefined) return true;
  if (setting !== undefined) return setting === 'true';
  return isRunWith(workloads ?? [], /^--enable-manage-backend-security-group-rules(=true)?$/);
}

/** True when the controller wants more tags than that of the cluster on the security group that it writes into. */
export const asksForMoreTags = (workloads: Workload[]): boolean =>
  isRunWith(workloads, /^--service-target-eni-security-group-tags=/);

const isRunWith = (workloads: Workload[], flag: RegExp): boolean =>
  controllersOf(workloads).some((controller) => argumentsOf(controller).some((each) => flag.test(each)));

/** True when the binding asks that the load balancer may reach this TCP port of the targets; no ports mean all of TCP. */
export const wantsOpen = (group: TargetGroupContext, port: number, bindings: TargetGroupBinding[]): boolean =>
  (bindingsOf(group, bindings)[0]?.spec.networking?.ingress ?? []).some(
    ({ ports }) =>
      ports.length === 0 ||
      ports.some(
        (each) => (each.protocol ?? 'TCP') === 'TCP' && (typeof each.port === 'number' ? each.port === port : true),
      ),
  );

/** The controller finds its rules again by this description (LBC:pkg/networking/networking_manager.go). */
export const writtenByController = ({ egress, description }: SecurityGroupRule): boolean =>
  !egress && (description ?? '').includes('elbv2.k8s.aws/targetGroupBinding=');
