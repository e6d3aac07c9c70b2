import type { CoreV1Event } from '@kubernetes/client-node';
import * as z from 'zod';
import type { Event } from '../../core/model/kubernetes.ts';
import { known } from '../aws/known.ts';
import { timeOf } from '../aws/time.ts';
import type { Connection } from './client/connection.ts';
import { list } from './client/list.ts';
import type { Pool } from './client/pool.ts';
import { shapeOf } from './client/wire.ts';
import { metadata, number, text, time } from './shapes.ts';

const event = shapeOf<CoreV1Event>()(
  z.object({
    metadata: metadata.pick({ name: true, namespace: true, creationTimestamp: true }),
    involvedObject: z.object({ kind: text, name: text, namespace: text, uid: text }),
    type: text,
    reason: text,
    message: text,
    count: number,
    series: z.object({ count: number, lastObservedTime: time }).nullish(),
    firstTimestamp: time,
    lastTimestamp: time,
    eventTime: time,
    reportingComponent: text,
    source: z.object({ component: text }).nullish(),
  }),
);

/** Events of all namespaces through core/v1, which serves those written through events.k8s.io too. */
export const readEvents = (connection: Connection, kept: Event[] = []): Promise<Event[]> =>
  list(connection, { action: 'list events', path: '/api/v1/events', shape: event, keep: project }, kept);

/** Events of the newer API have `eventTime` and `series` instead of first and last timestamp and count. */
function project(answer: z.output<typeof event>, pool: Pool): Event {
  const { kind, name, namespace, uid } = answer.involvedObject;
  const { firstTimestamp, eventTime, lastTimestamp, series } = answer;
  const firstSeen = timeOf(firstTimestamp) ?? timeOf(eventTime) ?? timeOf(answer.metadata.creationTimestamp) ?? '';
  return known({
    namespace: pool.text(answer.metadata.namespace ?? ''),
    regarding: known({
      kind: pool.text(kind ?? ''),
      name: name ?? '',
      namespace: namespace && pool.text(namespace),
      uid,
    }),
    type: pool.text(answer.type ?? ''),
    reason: pool.text(answer.reason ?? ''),
    note: pool.text(answer.message ?? ''),
    count: series?.count ?? answer.count ?? 1,
    firstSeen,
    lastSeen: timeOf(series?.lastObservedTime) ?? timeOf(lastTimestamp) ?? firstSeen,
    reportingController: answer.reportingComponent || answer.source?.component || undefined,
  });
}
