import type { LiveCluster } from '../../live-cluster.ts';
import { readAws, readRules } from './read-made.ts';

/** Everything that is there of the Service. */
export async function readRecord({ plane: { admin }, ...account }: LiveCluster, name: string): Promise<object> {
  const { body: service } = await admin.call('GET', `/api/v1/namespaces/live/services/${name}`);
  const { body: bindings } = await admin.call('GET', '/apis/elbv2.k8s.aws/v1beta1/namespaces/live/targetgroupbindings');
  const { body: pods } = await admin.call('GET', '/api/v1/namespaces/live/pods?labelSelector=app%3Dweb');
  const owners = [service, ...bindings.items].map(({ metadata }) => metadata.uid);
  const { body: events } = await admin.call('GET', '/api/v1/namespaces/live/events');
  const { clusterIP: _one, clusterIPs: _all, ...spec } = service.spec;
  return {
    annotations: service.metadata.annotations,
    service: { spec, finalizers: service.metadata.finalizers ?? null },
    aws: await readAws(account),
    events: events.items
      .filter(({ involvedObject }: LiveEvent) => owners.includes(involvedObject.uid))
      // The API server itself complains of addresses that it has not written down yet.
      .filter(({ reportingComponent }: LiveEvent) => reportingComponent !== 'ipallocator-repair-controller')
      .toSorted((a: LiveEvent, b: LiveEvent) => seenAt(a).localeCompare(seenAt(b)))
      .map(({ involvedObject, type, reason, message, count }: LiveEvent) => ({
        kind: involvedObject.kind,
        name: involvedObject.name,
        type,
        reason,
        message,
        count: count ?? 1,
      })),
    targetGroupBindings: bindings.items.map(({ metadata, spec: own }: LiveBinding) => ({
      name: metadata.name,
      labels: metadata.labels,
      spec: own,
    })),
    nodeRules: await readRules(account),
    pods: pods.items.map(({ spec: own, status }: LivePod) => ({
      gates: (own.readinessGates ?? []).map(({ conditionType }) => conditionType),
      conditions: status.conditions.flatMap(({ type, status: state, reason, message }) =>
        type.startsWith('target-health.') ? [{ type, status: state, reason, message }] : [],
      ),
      hasServerId: own.containers.some(({ env = [] }) => env.some((each) => each.name === 'AWS_LBC_QUIC_SERVER_ID')),
    })),
  };
}

interface LiveEvent {
  involvedObject: { kind: string; name: string; uid: string };
  type: string;
  reason: string;
  message: string;
  count?: number;
  reportingComponent: string;
  lastTimestamp: string | null;
  eventTime: string | null;
}

interface LiveBinding {
  metadata: { name: string; labels?: Record<string, string> };
  spec: object;
}

interface LivePod {
  metadata: { name: string; labels: Record<string, string> };
  spec: {
    readinessGates?: { conditionType: string }[];
    containers: { env?: { name: string }[] }[];
  };
  status: { conditions: { type: string; status: string; reason?: string; message?: string }[] };
}

const seenAt = ({ lastTimestamp, eventTime }: LiveEvent): string => lastTimestamp ?? eventTime ?? '';
