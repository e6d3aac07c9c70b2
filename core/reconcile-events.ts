import type { Event, Service } from './kubernetes.ts';
import { eventsAbout } from './pod.ts';

const failures = ['FailedBuildModel', 'FailedDeployModel', 'SyncLoadBalancerFailed', 'UpdateLoadBalancerFailed'];
const successes = ['SuccessfullyReconciled', 'EnsuredLoadBalancer', 'UpdatedLoadBalancer'];

/**
 * The event by which the controller says that it gave up on the Service, if no later one says that it succeeded. Absence
 * proves nothing (LBC:pkg/k8s/events.go, KCP: controllers/service).
 */
export function failedReconcile(service: Service, events: Event[]): Event | undefined {
  const [last] = eventsAbout(events, 'Service', service)
    .filter(({ reason }) => failures.includes(reason) || successes.includes(reason))
    .toSorted((a, b) => Date.parse(b.lastSeen) - Date.parse(a.lastSeen));
  return last !== undefined && failures.includes(last.reason) ? last : undefined;
}
