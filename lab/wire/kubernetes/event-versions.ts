import type { KubernetesObject } from '../../world/world.ts';

/**
 * One event in the other of its two API versions, as the API server converts between `v1` and `events.k8s.io/v1`
 * (kubernetes `pkg/apis/events/v1/conversion.go`).
 */
export function eventAs(apiVersion: string, event: KubernetesObject): KubernetesObject {
  if (event.apiVersion === apiVersion) return event;
  return apiVersion === 'v1' ? toCore(event) : toEvents(event);
}

function toCore(event: KubernetesObject): KubernetesObject {
  const {
    regarding,
    note,
    reportingController,
    deprecatedSource,
    deprecatedCount,
    deprecatedFirstTimestamp,
    deprecatedLastTimestamp,
    ...same
  } = event;
  return {
    ...same,
    apiVersion: 'v1',
    involvedObject: regarding,
    message: note,
    reportingComponent: reportingController,
    source: deprecatedSource ?? {},
    count: deprecatedCount,
    firstTimestamp: deprecatedFirstTimestamp ?? null,
    lastTimestamp: deprecatedLastTimestamp ?? null,
  };
}

function toEvents(event: KubernetesObject): KubernetesObject {
  const { involvedObject, message, reportingComponent, source, count, firstTimestamp, lastTimestamp, ...rest } = event;
  // Of the two versions only the older one writes it down when it is empty.
  const { reportingInstance, ...same } = rest;
  return {
    ...same,
    ...(reportingInstance && { reportingInstance }),
    apiVersion: 'events.k8s.io/v1',
    eventTime: same['eventTime'] ?? null,
    regarding: involvedObject,
    note: message,
    reportingController: reportingComponent ?? '',
    deprecatedSource: source,
    deprecatedCount: count,
    deprecatedFirstTimestamp: firstTimestamp,
    deprecatedLastTimestamp: lastTimestamp,
  };
}
