import type { Facts } from '../../core/model/facts.ts';
import { metadata } from '../core/sample-facts.ts';
import { given } from './check-tester.ts';
import { controller } from './controller-case.ts';

/** The case with a controller whose only pod ends after each start with this log. */
export const endingWith = (make: () => Facts, lines: string[]) =>
  given(make, ({ slices }) => {
    const [like] = slices.pods;
    if (like === undefined) throw new Error('the sample has pods');
    const pod = structuredClone(like);
    pod.metadata = {
      ...metadata('aws-load-balancer-controller-1', 'kube-system'),
      labels: { 'app.kubernetes.io/name': 'aws-load-balancer-controller' },
    };
    pod.status.podIPs = [];
    pod.status.containerStatuses = [
      {
        name: 'aws-load-balancer-controller',
        ready: false,
        restartCount: 7,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: { exitCode: 1 } },
      },
    ];
    slices.workloads.push(controller(0));
    slices.pods.push(pod);
    slices.podLogs.push({
      namespace: 'kube-system',
      pod: pod.metadata.name,
      container: 'aws-load-balancer-controller',
      previous: true,
      lines,
    });
  });

/** A line of its log, as zap writes it. */
export const logLine = (level: 'info' | 'error', msg: string, error?: string): string =>
  JSON.stringify({ level, ts: '2026-11-20T11:59:00Z', msg, ...(error !== undefined && { error }) });
