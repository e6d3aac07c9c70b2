import { secondsSince } from '../kubernetes/pod.ts';
import { derived } from '../model/indexed.ts';
import type { Lease, Pod, Service, Workload } from '../model/kubernetes.ts';
import type { Controller } from '../model/owner.ts';
import { annotationPrefix } from './annotation-prefix.ts';

/**
 * The controller that reconciles this Service of type LoadBalancer, by class, else by annotations; `none` where every
 * controller passes it by. Without class and type cloud-provider-aws makes a Classic Load Balancer.
 * Sources: LBC:pkg/service/service_utils.go, KCP:controllers/service/controller.go, CPA:pkg/providers/v1/aws.go.
 */
export function controllerOf({ spec, metadata }: Service, workloads: Workload[]): Controller {
  if (spec.loadBalancerClass === 'eks.amazonaws.com/nlb') return 'eks-auto-mode';
  if (spec.loadBalancerClass !== undefined)
    return classesOf(workloads).includes(spec.loadBalancerClass) ? 'aws-load-balancer-controller' : 'none';
  const type = metadata.annotations[`${annotationPrefix}type`];
  const targetType = metadata.annotations[`${annotationPrefix}nlb-target-type`] ?? '';
  if (type === 'nlb-ip') return 'aws-load-balancer-controller';
  if (type === 'external') return ['ip', 'instance'].includes(targetType) ? 'aws-load-balancer-controller' : 'none';
  return 'cloud-provider-aws';
}

/** The classes that the AWS Load Balancer Controllers of the cluster take: a flag names another one than the usual. */
function classesOf(workloads: Workload[]): string[] {
  const named = controllersOf(workloads).map((controller) => flagOf(controller, 'load-balancer-class') ?? usualClass);
  return named.length === 0 ? [usualClass] : named;
}

const usualClass = 'service.k8s.aws/nlb';

/**
 * The Deployment of the AWS Load Balancer Controller, whatever its Helm release is called, and of several one that runs;
 * undefined where none is there.
 */
export const controllerDeployment = (workloads: Workload[]): Workload | undefined =>
  controllersOf(workloads).toSorted((a, b) => b.status.availableReplicas - a.status.availableReplicas)[0];

/** Deployments that run the AWS Load Balancer Controller; one is the rule. */
export const controllersOf = (workloads: Workload[]): Workload[] =>
  derived(workloads, [controllersOf], () => workloads.filter(runsController));

export const argumentsOf = ({ spec }: Workload): string[] => spec.template.containers.flatMap(({ args }) => args);

/**
 * The value of a flag of the controller, as `--flag=value` or `--flag value`; undefined where it is not given, or names a variable
 * whose value is not kept.
 */
export function flagOf(workload: Workload, flag: string): string | undefined {
  const args = argumentsOf(workload);
  const at = args.findIndex((arg) => arg === `--${flag}` || arg.startsWith(`--${flag}=`));
  const value = args[at]?.includes('=') ? args[at].slice(flag.length + 3) : args[at + 1];
  return at < 0 || value === undefined || value === '' || value.includes('$(') ? undefined : value;
}

/** True for a Deployment of the AWS Load Balancer Controller, by the label of its chart or by its image. */
const runsController = ({ kind, metadata, spec }: Workload): boolean =>
  kind === 'Deployment' &&
  ([metadata.labels, spec.template.labels].some((labels) => labels['app.kubernetes.io/name'] === name) ||
    spec.template.containers.some(({ image }) => image.includes(name)));

/** True for a pod of the AWS Load Balancer Controller. */
export const isControllerPod = ({ metadata, spec }: Pod): boolean =>
  metadata.labels['app.kubernetes.io/name'] === name || spec.containers.some(({ image }) => image.includes(name));

const name = 'aws-load-balancer-controller';

/** Seconds since the controller's leader last renewed its Lease; undefined where there is no such Lease. */
export function secondsSinceRenewal(leases: Lease[] | undefined, at: string): number | undefined {
  const lease = leases?.find(({ metadata }) => metadata.name === 'aws-load-balancer-controller-leader');
  return lease?.spec.renewTime === undefined ? undefined : secondsSince(lease.spec.renewTime, at);
}

/** A leader renews every few seconds and loses its Lease after fifteen; past this many seconds nobody leads. */
export const leaderless = 120;

/**
 * Why the controller of this Deployment reconciles nothing: `down` = no replica is available, `leaderless` = none of those that run leads;
 * undefined where it works. A Lease that another instance renews means that somebody does the work.
 */
export function standstillOf(
  { status }: Workload,
  leases: Lease[] | undefined,
  at: string,
): 'down' | 'leaderless' | undefined {
  const renewed = secondsSinceRenewal(leases, at);
  if (renewed !== undefined && renewed < leaderless) return undefined;
  if (status.availableReplicas === 0) return 'down';
  return renewed === undefined ? undefined : 'leaderless';
}
