import type { HealthCheck } from '../../core/model/aws.ts';
import type { Scene } from './facts-of-record.ts';
import { type cloudProviderChanges, cloudProviderServices, type RecordedEvent } from './record.ts';
import { sceneOfCloudProvider } from './scenes.ts';

type Change = (typeof cloudProviderChanges)[number][1];

/** The Service of the record of the same name, and its annotations after the change. */
export function changeOf(name: string, { change }: Change): { scene: Scene; changed: Record<string, string> } {
  const recorded = new Map(cloudProviderServices);
  const record = recorded.get(name) ?? recorded.get('default');
  if (record === undefined) throw new Error(`no Service ${name} in the records`);
  const annotations = { ...record.annotations, ...(recorded.has(name) ? {} : unrecorded[name]) };
  const scene = sceneOfCloudProvider(name, { ...record, annotations });
  // A change that has only a name was no change of annotations: it makes the controller look again.
  const more = typeof change === 'string' ? { touched: change } : change;
  return { scene, changed: { ...scene.annotations, ...more } };
}

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-healthcheck-';
/** Annotations of Services of which only the change was recorded. */
const unrecorded: Record<string, Record<string, string>> = {
  http: { [`${prefix}protocol`]: 'http', [`${prefix}path`]: '/x' },
};

/** What the recorder itself brought about when it took the annotations away in the end. */
export const isOfRecorder = ({ message }: RecordedEvent): boolean =>
  message.includes('cannot update Load Balancer Type annotation');

/** Protocol, port, path, interval and thresholds of a health check. */
export const compared = (check: HealthCheck | undefined) =>
  check && [
    check.protocol,
    check.port,
    check.protocol === 'TCP' ? null : (check.path ?? null),
    check.intervalSeconds,
    check.healthyThreshold,
    check.unhealthyThreshold,
  ];
