import { isControllerPod } from '../../core/controllers/controller.ts';
import { isSelectedBy } from '../../core/kubernetes/service.ts';
import type { ServiceScope } from '../../core/model/inventory.ts';
import type { Container, ContainerStatus, Pod, PodLog, Service } from '../../core/model/kubernetes.ts';
import { isInScope } from '../../core/survey/service-scope.ts';
import { statusOf } from '../aws/refusal.ts';
import { cleanLines } from '../collect/command-line.ts';
import type { Connection } from './client/connection.ts';

/** One log worth reading. */
export interface LogRequest {
  namespace: string;
  pod: string;
  container: Container['name'];
  /** The run before the present one. */
  previous: boolean;
}

const tailLines = 20;
const limitBytes = 16_384;
const mostPods = 10;
/** One leads, the other waits; a rollout adds those that cannot start. */
const mostControllers = 4;
const hour = 3_600_000;

/**
 * Which logs to read: of the AWS Load Balancer Controller, the present run too, and of containers that ended in the last hour
 * or wait after an end, of at most ten pods, those behind Services of type LoadBalancer first. `now` is in milliseconds since
 * the epoch.
 */
export function logsWanted(pods: Pod[], services: Service[], now: number): LogRequest[] {
  const controllers = pods.filter(isControllerPod);
  const others = pods.filter((pod) => !controllers.includes(pod));
  return [
    ...controllers.slice(0, mostControllers).flatMap((pod) => [...logsOf(pod, now), ...runningLogs(pod)]),
    ...ofCrashed(others, services, now),
  ];
}

/** Without pods that only Services outside of the scope lead to; those of the cluster itself stay. */
export function podsInScope(pods: Pod[], services: Service[], scope: ServiceScope): Pod[] {
  const exposed = services.filter(({ spec }) => spec.type === 'LoadBalancer');
  const [wanted, others] = [true, false].map((isWanted) =>
    exposed.filter(
      ({ metadata }) =>
        isInScope({ namespace: metadata.namespace ?? 'default', service: metadata.name }, scope) === isWanted,
    ),
  );
  const isBehind = (pod: Pod, those: Service[] = []): boolean => those.some((service) => isSelectedBy(service, pod));
  return pods.filter((pod) => isBehind(pod, wanted) || !isBehind(pod, others));
}

const runningLogs = ({ metadata, status }: Pod): LogRequest[] =>
  status.containerStatuses
    .filter(({ state }) => state.running !== undefined)
    .map(({ name }) => ({
      namespace: metadata.namespace ?? '',
      pod: metadata.name,
      container: name,
      previous: false,
    }));

function ofCrashed(pods: Pod[], services: Service[], now: number): LogRequest[] {
  const exposed = services.filter(({ spec }) => spec.type === 'LoadBalancer');
  const serves = (pod: Pod): number => Number(exposed.some((service) => isSelectedBy(service, pod)));
  return pods
    .map((pod) => ({ pod, logs: logsOf(pod, now) }))
    .filter(({ logs }) => logs.length > 0)
    .toSorted((a, b) => serves(b.pod) - serves(a.pod))
    .slice(0, mostPods)
    .flatMap(({ logs }) => logs);
}

const logsOf = ({ metadata, status }: Pod, now: number): LogRequest[] =>
  [...status.initContainerStatuses, ...status.containerStatuses].flatMap((container) => {
    const previous = ended(container, now);
    const log = { namespace: metadata.namespace ?? '', pod: metadata.name, container: container.name };
    return previous === undefined ? [] : [{ ...log, previous }];
  });

/** Whether the log of the ended run is the previous one; `undefined` when there is none to read. */
function ended({ state, lastState }: ContainerStatus, now: number): boolean | undefined {
  if (state.terminated && state.terminated.exitCode !== 0) return false;
  if (!lastState.terminated) return undefined;
  const recent = now - Date.parse(lastState.terminated.finishedAt ?? '') < hour;
  return state.waiting || recent ? true : undefined;
}

/** Last 20 lines of each log, without secrets; a log that is gone (400, 404) is left out. */
export async function readPodLogs(connection: Connection, wanted: LogRequest[]): Promise<PodLog[]> {
  const logs = await Promise.all(wanted.map((request) => read(connection, request)));
  return logs.flat();
}

async function read(connection: Connection, request: LogRequest): Promise<PodLog[]> {
  const { namespace, pod, container, previous } = request;
  try {
    const text = await connection.text({
      action: 'get pods/log',
      path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`,
      query: { container, previous, tailLines, limitBytes },
      mostBytes: 2 * limitBytes,
    });
    return [{ ...request, lines: cleanLines(text.replace(/\n$/, '').split('\n')) }];
  } catch (error) {
    const status = statusOf(error);
    if (status === 400 || status === 404) return [];
    throw error;
  }
}
