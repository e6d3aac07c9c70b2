import { faultAgeSeconds } from '../physics/kubelet.ts';
import { recordEvent } from '../world/event.ts';
import type { Pod } from '../world/kubernetes-object.ts';
import { before, minute } from '../world/moment.ts';
import { statusesOf } from '../world/pod/pod.ts';
import type { World, WorldCluster } from '../world/world.ts';

interface Crash {
  pod: Pod;
  reason: 'Error' | 'OOMKilled';
  exitCode: number;
  /** What the container wrote in each of its runs. */
  log: string[];
}

const restarts = 7;

/** Makes the pod's containers end soon after each start, so that the kubelet backs off. */
export function crash(world: World, cluster: WorldCluster, { pod, reason, exitCode, log }: Crash): void {
  const { namespace, name, uid } = pod.metadata;
  for (const status of statusesOf(pod)) {
    const where = `container=${status.name} pod=${name}_${namespace}(${uid})`;
    status.ready = false;
    status.started = false;
    status.restartCount = restarts;
    status.state = {
      waiting: { reason: 'CrashLoopBackOff', message: `back-off 5m0s restarting failed ${where}` },
    };
    status.lastState = {
      terminated: {
        reason,
        exitCode,
        startedAt: before(world.now, 2 * minute + 6),
        finishedAt: before(world.now, 2 * minute),
        ...(status.containerID && { containerID: status.containerID }),
      },
    };
    cluster.logs[`${namespace}/${name}/${status.name}`] = { current: log, previous: log };
    recordEvent(world, cluster, {
      about: pod,
      type: 'Warning',
      reason: 'BackOff',
      message: `Back-off restarting failed container ${status.name} in pod ${name}_${namespace}(${uid})`,
      component: 'kubelet',
      ageSeconds: 20,
      lastingSeconds: faultAgeSeconds,
      count: 60,
    });
  }
}
