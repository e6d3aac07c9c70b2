import { faultAgeSeconds } from '../physics/kubelet.ts';
import { recordEvent } from '../world/event.ts';
import { before, minute } from '../world/moment.ts';
import { objectOf, objectsOf } from '../world/object.ts';
import { statusesOf } from '../world/pod/pod.ts';
import type { World, WorldCluster } from '../world/world.ts';

const command = [
  '/bin/sh',
  '-c',
  'kube-proxy --v=2 --hostname-override=$(NODE_NAME) --config=/var/lib/kube-proxy-config/config',
];
const message =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "/bin/sh": stat /bin/sh: no such file or directory: unknown';

/** Wraps kube-proxy's command in a shell that the minimal image does not have; the rollout stops at the first node. */
export function breakKubeProxyPatch(world: World, cluster: WorldCluster): void {
  const daemonSet = objectOf(cluster, 'DaemonSet', { namespace: 'kube-system', name: 'kube-proxy' });
  daemonSet.metadata.generation = 2;
  daemonSet.spec.template.spec.containers[0].command = command;
  const { desiredNumberScheduled } = daemonSet.status;
  Object.assign(daemonSet.status, {
    numberReady: desiredNumberScheduled - 1,
    numberAvailable: desiredNumberScheduled - 1,
    numberUnavailable: 1,
    observedGeneration: 2,
    updatedNumberScheduled: 1,
  });
  const pod = objectsOf(cluster, 'Pod').find(({ metadata }) => metadata.labels['k8s-app'] === 'kube-proxy');
  if (pod === undefined) return;
  pod.metadata.creationTimestamp = before(world.now, faultAgeSeconds + 10);
  pod.spec.containers[0].command = command;
  for (const status of statusesOf(pod)) {
    Object.assign(status, {
      ready: false,
      started: false,
      restartCount: 7,
      state: { waiting: { reason: 'RunContainerError', message } },
      lastState: {
        terminated: { reason: 'StartError', exitCode: 128, message, finishedAt: before(world.now, 2 * minute) },
      },
    });
  }
  recordEvent(world, cluster, {
    about: pod,
    type: 'Warning',
    reason: 'Failed',
    message: `Error: ${message}`,
    component: 'kubelet',
    ageSeconds: 2 * minute,
    lastingSeconds: faultAgeSeconds - 2 * minute,
    count: 8,
  });
}
