import type { Pod, Service } from '../model/kubernetes.ts';
import { isPodReady, isServing, secondsSince } from './pod.ts';
import { podsOf } from './service.ts';

/** Seconds in which a new process may begin to listen. */
const startSeconds = 300;

/**
 * How many ready pods of the Service there are, where all come from one template and none is new: one image, one command, one port.
 * Undefined where they may differ.
 */
export function podsOfOneTemplate(service: Service, pods: Pod[], now: string): number | undefined {
  const ready = podsOf(service, pods).filter((pod) => isServing(pod) && isPodReady(pod));
  const templates = new Set(ready.map(templateOf));
  const isNew = ready.some(({ metadata }) => secondsSince(metadata.creationTimestamp, now) < startSeconds);
  return templates.size !== 1 || templates.has(undefined) || isNew ? undefined : ready.length;
}

const templateOf = ({ metadata: { labels } }: Pod): string | undefined =>
  labels['pod-template-hash'] ?? labels['controller-revision-hash'];
