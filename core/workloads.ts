import type { Service, Workload } from './kubernetes.ts';

/**
 * Workloads of the namespace of the Service. A Deployment speaks for its ReplicaSets: of those the old ones stay, without
 * replicas and with the labels of their time.
 */
export const workloadsBeside = (service: Service, workloads: Workload[]): Workload[] =>
  workloads.filter(
    ({ kind, metadata }) =>
      metadata.namespace === service.metadata.namespace &&
      !(kind === 'ReplicaSet' && metadata.ownerReferences.some((owner) => owner.kind === 'Deployment')),
  );

/** Those of them whose pods carry every label of the selector. */
export const workloadsBehind = (service: Service, workloads: Workload[]): Workload[] =>
  workloadsBeside(service, workloads).filter(({ spec }) =>
    Object.entries(service.spec.selector).every(([key, value]) => spec.template.labels[key] === value),
  );
