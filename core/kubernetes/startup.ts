import type { ContainerProbe } from '../model/kubernetes.ts';

/** Seconds from the start of a container until a probe has failed for good (Kubernetes API defaults: 3 × 10 s). */
export const startupSeconds = ({
  initialDelaySeconds = 0,
  failureThreshold = 3,
  periodSeconds = 10,
}: ContainerProbe): number => initialDelaySeconds + failureThreshold * periodSeconds;
