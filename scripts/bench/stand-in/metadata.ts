import type { Condition, ContainerStatus, ObjectMeta } from '../../../core/model/kubernetes.ts';

interface Named {
  name: string;
  namespace?: string;
  uid: string;
  createdAt: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  owner?: { kind: string; name: string; uid: string };
}

export const metadata = ({ createdAt, labels = {}, annotations = {}, owner, ...rest }: Named): ObjectMeta => ({
  ...rest,
  creationTimestamp: createdAt,
  generation: 1,
  labels,
  annotations,
  ownerReferences: owner === undefined ? [] : [{ ...owner, controller: true }],
});

/** Conditions of a pod that runs and is ready. */
export const readyConditions = (since: string): Condition[] =>
  ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({
    type,
    status: 'True',
    lastTransitionTime: since,
  }));

export const runningStatus = (name: string, startedAt: string): ContainerStatus => ({
  name,
  ready: true,
  started: true,
  restartCount: 0,
  state: { running: { startedAt } },
  lastState: {},
});
