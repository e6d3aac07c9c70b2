import type { Event } from '../../world/kubernetes-object.ts';
import type { NewerEvent } from './served-object.ts';

/** An event of `v1` as the API server shows it in `events.k8s.io/v1` (kubernetes `pkg/apis/events/v1/conversion.go`). */
export function newerEvent(event: Event): NewerEvent {
  const { involvedObject, message, reportingComponent, source, count, firstTimestamp, lastTimestamp, ...rest } = event;
  // Of the two versions only the older one writes it down when it is empty.
  const { reportingInstance, ...same } = rest;
  return {
    ...same,
    ...(reportingInstance && { reportingInstance }),
    apiVersion: 'events.k8s.io/v1',
    regarding: involvedObject,
    note: message,
    reportingController: reportingComponent,
    deprecatedSource: source,
    deprecatedCount: count,
    deprecatedFirstTimestamp: firstTimestamp,
    deprecatedLastTimestamp: lastTimestamp,
  };
}
