import type { CoreV1Event } from '@kubernetes/client-node';
import type { Event } from '../../core/kubernetes.ts';
import { known } from '../known.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { list } from '../kubernetes/list.ts';
import { timeOf } from '../time.ts';
import { metadataOf } from './metadata.ts';
import { redact } from './redact.ts';

/** Events of all namespaces through core/v1, which serves those written through events.k8s.io too. */
export const readEvents = (connection: Connection): Promise<Event[]> =>
  list(connection, {
    action: 'list events',
    page: (query) => connection.core.listEventForAllNamespaces(query),
    keep: project,
  });

/** Events of the newer API have `eventTime` and `series` instead of first and last timestamp and count. */
function project(event: CoreV1Event): Event {
  const { creationTimestamp } = metadataOf(event.metadata);
  const { kind, name, namespace, uid } = event.involvedObject;
  const firstSeen = timeOf(event.firstTimestamp) ?? timeOf(event.eventTime) ?? creationTimestamp;
  return known({
    namespace: event.metadata.namespace ?? '',
    regarding: known({ kind: kind ?? '', name: name ?? '', namespace, uid }),
    type: event.type ?? '',
    reason: event.reason ?? '',
    note: redact(event.message ?? ''),
    count: event.series?.count ?? event.count ?? 1,
    firstSeen,
    lastSeen: timeOf(event.series?.lastObservedTime) ?? timeOf(event.lastTimestamp) ?? firstSeen,
    reportingController: event.reportingComponent || event.source?.component,
  });
}
