import type { Scene } from './facts-of-record.ts';
import type { Change, CloudProviderService, RecordedEvent, RecordedService } from './record.ts';

/** A change as the product meets it: with AWS as it was before, or as it is after. */
export const sceneOfChange = (name: string, record: Change, when: 'before' | 'after'): Scene => ({
  cluster: 'prod',
  release: '3.5.0',
  namespace: `a-${name}`,
  name,
  annotations: record.annotations,
  spec: record.serviceSpec,
  aws: record[when],
  events: record.events,
  bindings: record.targetGroupBindings,
});

export const sceneOfService = ({ cluster, release, namespace, name, record }: RecordedService): Scene => ({
  cluster,
  release,
  namespace,
  name,
  annotations: record.annotations,
  spec: record.service.spec,
  aws: record.aws,
  events: record.events,
  bindings: record.targetGroupBindings,
});

/** cloud-provider-aws checks the healthCheckNodePort under Local, so that the record shows its number there. */
export function sceneOfCloudProvider(name: string, { annotations, extra, first }: CloudProviderService): Scene {
  const checked = Number(first.aws.targetGroups[0]?.healthCheck.HealthCheckPort);
  return {
    cluster: 'prod',
    release: '3.5.0',
    namespace: `k-${name}`,
    name: 'web',
    annotations,
    spec: {
      ...extra,
      ...(extra.externalTrafficPolicy === 'Local' && { healthCheckNodePort: checked }),
      ports: first.nodePorts.map((nodePort) => ({
        name: 'http',
        port: 80,
        targetPort: 8080,
        protocol: 'TCP' as const,
        nodePort,
      })),
    },
    aws: first.aws,
    events: first.events,
    bindings: [],
  };
}

/** The same scene an hour later: events are gone by then. */
export const withoutEvents = (scene: Scene): Scene => ({ ...scene, events: [] });

/** The last thing that the controller reported about the Service or Gateway, where it is an error. */
export function refusalIn(events: RecordedEvent[]): RecordedEvent | undefined {
  const last = events.filter(({ kind }) => kind !== 'TargetGroupBinding').at(-1);
  return last?.type === 'Warning' ? last : undefined;
}
