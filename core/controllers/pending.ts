import { secondsSince } from '../kubernetes/pod.ts';
import type { Service } from '../model/kubernetes.ts';

/** Seconds that a controller may take for what a Service, a pod or a node asks of it: a load balancer, a listener, a registration. */
export const controllerSeconds = 300;

/** Whether a controller may still be at work on what came at that moment, or came after `at`; false where the moment is not known. */
export const isPending = (since: string | undefined, at: string): boolean =>
  secondsSince(since, at) <= controllerSeconds;

/** The same of the listeners for the ports of a Service: made or written just now, by a person or by the controller itself. */
export const arePortsPending = ({ metadata, status }: Service, at: string): boolean =>
  [metadata.creationTimestamp, metadata.writes?.[0]?.at, status.writtenAt].some((since) => isPending(since, at));
