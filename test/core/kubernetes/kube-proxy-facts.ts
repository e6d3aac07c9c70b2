import type { Facts } from '../../../core/model/facts.ts';
import type { Container, Pod } from '../../../core/model/kubernetes.ts';
import { instanceId, metadata, nodeName, probe } from '../sample-facts.ts';

const container: Container = {
  name: 'kube-proxy',
  image: 'kube-proxy:v1.33.3-minimal-eksbuild.4',
  command: ['kube-proxy', '--config=/var/lib/kube-proxy-config/config', '--hostname-override=$(NODE_NAME)'],
  args: [],
  env: [],
  ports: [],
};

/** Adds kube-proxy as EKS runs it: the DaemonSet and a ready pod on each of the three nodes. */
export function addKubeProxy({ slices }: Facts): void {
  addDaemonSet(slices, 'kube-proxy');
  slices.pods.push(...[0, 1, 2].map(kubeProxyPod));
}

/** Adds a DaemonSet of kube-system, without pods. */
export function addDaemonSet(slices: Facts['slices'], name: string): void {
  slices.workloads.push({
    kind: 'DaemonSet',
    metadata: metadata(name, 'kube-system'),
    spec: { replicas: 3, template: { labels: { 'k8s-app': name }, containers: [structuredClone(container)] } },
    status: { replicas: 3, readyReplicas: 3, updatedReplicas: 3, availableReplicas: 3, conditions: [] },
  });
}

const kubeProxyPod = (index: number): Pod => ({
  metadata: { ...metadata(`kube-proxy-${index}`, 'kube-system'), labels: { 'k8s-app': 'kube-proxy' } },
  spec: {
    nodeName: nodeName(index),
    hostNetwork: true,
    containers: [structuredClone(container)],
    initContainers: [],
    readinessGates: [],
  },
  status: {
    phase: 'Running',
    podIPs: [`10.0.${index}.10`],
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-11-01T00:00:00Z' }],
    containerStatuses: [
      { name: 'kube-proxy', ready: true, started: true, restartCount: 0, state: { running: {} }, lastState: {} },
    ],
    initContainerStatuses: [],
  },
});

/** Takes kube-proxy of one node down, for this reason. */
export function stopKubeProxy({ slices }: Facts, index: number, reason = 'RunContainerError'): void {
  const pod = slices.pods.find(({ metadata: { name } }) => name === `kube-proxy-${index}`);
  if (pod === undefined) throw new Error('no kube-proxy');
  pod.status.conditions = [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }];
  for (const status of pod.status.containerStatuses) {
    Object.assign(status, { ready: false, state: { waiting: { reason, message: 'exec: "/bin/sh": no such file' } } });
  }
}

/** What kube-proxy of one node answers on port 10256, or that nothing does. */
export const healthz = (facts: Facts, index: number, status: number | 'refused', body?: string): void =>
  probe(
    facts,
    'kube-proxy-healthz',
    status === 'refused' ? { kind: 'refused' } : { kind: 'http', status, ...(body !== undefined && { body }) },
    { only: instanceId(index), port: 10256 },
  );
