import type { Gap, GapReason } from '../model/gap.ts';

/** Errors by which Step Functions and Lambda say that a function took too long (their developer guides). */
const timeOuts = new Set(['States.Timeout', 'Sandbox.Timedout', 'States.HeartbeatTimeout']);

/** And those by which Lambda refuses to start another one. */
const throttles = new Set(['Lambda.TooManyRequestsException', 'Lambda.Unknown.TooManyRequests']);

/** The one gap of a cluster whose function ended with this error, by its name: nothing of the cluster is known in this run. */
export function lostCluster(cluster: string, error: string): Gap {
  const reason = reasonOf(error);
  return {
    slice: 'services',
    scope: { kind: 'cluster', name: cluster },
    reason,
    action: 'audit a part of the clusters',
    message: `the function that reads the cluster ended with ${error}`,
    remedy: remedies[reason] ?? remedies.bug,
  };
}

function reasonOf(error: string): GapReason {
  if (timeOuts.has(error)) return 'deadline';
  return throttles.has(error) ? 'throttled' : 'bug';
}

const remedies = {
  deadline: 'Raise auditor.memoryMb, which gives the function more CPU too; the next run reads the cluster first.',
  throttled: 'Raise the quota of concurrent executions of Lambda in this account and Region.',
  bug: 'Read the log of the auditor at the time of the run; the next one tries again.',
} as Record<GapReason, string> & { bug: string };
