import type { Probe } from './kubernetes.ts';

/** Seconds that a startup probe allows before the kubelet kills the container (Kubernetes API defaults: 3 × 10 s). */
export const startupSeconds = ({ initialDelaySeconds = 0, failureThreshold = 3, periodSeconds = 10 }: Probe): number =>
  initialDelaySeconds + failureThreshold * periodSeconds;
