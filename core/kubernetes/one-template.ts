import type { Pod, Service } from '../model/kubernetes.ts';
import { isPodReady, isServing, makerOf, secondsSince } from './pod.ts';
import { podsOf } from './service.ts';

/** Seconds in which a new process may begin to listen. */
const startSeconds = 300;

/** Words of pods of which only one serves at a time, while the others stand by. */
const takesTurns = /leader|elect|standby|primary|master|raft|quorum|sentinel/i;

/**
 * How many ready pods of the Service there are, where all come from one template and none is new: one image, one command, one port.
 * Undefined where they may differ, also by role: members of a StatefulSet, and pods that speak of a leader.
 */
export function podsOfOneTemplate(service: Service, pods: Pod[], now: string): number | undefined {
  const ready = podsOf(service, pods).filter((pod) => isServing(pod) && isPodReady(pod));
  const templates = new Set(ready.map(templateOf));
  const isNew = ready.some(({ metadata }) => secondsSince(metadata.creationTimestamp, now) < startSeconds);
  const haveRoles = ready.length > 1 && ready.some(hasRole);
  return templates.size !== 1 || templates.has(undefined) || isNew || haveRoles ? undefined : ready.length;
}

function hasRole(pod: Pod): boolean {
  const ofContainers = pod.spec.containers.flatMap(({ name, command, args, env }) => [
    ...[name, ...command, ...args],
    ...env.map((variable) => variable.name),
  ]);
  const words = [...ofContainers, ...Object.entries(pod.metadata.labels).flat()];
  return makerOf(pod)?.kind === 'StatefulSet' || words.some((word) => takesTurns.test(word));
}

const templateOf = ({ metadata: { labels } }: Pod): string | undefined =>
  labels['pod-template-hash'] ?? labels['controller-revision-hash'];
