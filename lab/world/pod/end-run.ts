import type { ContainerStatus } from '../kubernetes-object.ts';

/** How the run of a container ended. */
interface End {
  exitCode: number;
  reason: string;
  finishedAt: string;
}

/** Ends the run of a container for good. */
export function endRun(status: ContainerStatus, end: End): void {
  const startedAt = status.state.running?.startedAt;
  status.ready = false;
  status.started = false;
  status.state = { terminated: { ...end, ...(startedAt && { startedAt }) } };
}
