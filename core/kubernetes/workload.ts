import { derived, under } from '../model/indexed.ts';
import type { Service, Workload } from '../model/kubernetes.ts';
import { carries } from './label-selector.ts';

/**
 * Workloads of the namespace of the Service. A Deployment speaks for its ReplicaSets: of those the old ones stay, without
 * replicas and with the labels of their time.
 */
export const workloadsBeside = (service: Service, workloads: Workload[]): Workload[] =>
  under(workloads, standingIn, service.metadata.namespace ?? '');

const standingIn = (workload: Workload): string[] =>
  isOfDeployment(workload) ? [] : [workload.metadata.namespace ?? ''];

const isOfDeployment = ({ kind, metadata }: Workload): boolean =>
  kind === 'ReplicaSet' && metadata.ownerReferences.some((owner) => owner.kind === 'Deployment');

/** Those of them whose pods carry every label of the selector. */
export const workloadsBehind = (service: Service, workloads: Workload[]): Workload[] =>
  workloadsCarrying(service, workloads).filter((workload) => !isOfDeployment(workload));

/** All of the namespace, old ReplicaSets too, whose pods carry every label of the selector. */
export const workloadsCarrying = (service: Service, workloads: Workload[]): Workload[] =>
  derived(workloads, [workloadsCarrying, service], () => {
    const { metadata, spec } = service;
    const selector = Object.entries(spec.selector);
    const candidates = selector.map((label) => under(workloads, labelsOf, labelKey(metadata.namespace, label)));
    const fewest =
      candidates.toSorted((a, b) => a.length - b.length)[0] ?? under(workloads, standing, metadata.namespace);
    return fewest.filter((workload) => carries(spec.selector, workload.spec.template.labels));
  });

const standing = ({ metadata }: Workload) => [metadata.namespace];

const labelsOf = ({ metadata: { namespace }, spec }: Workload): string[] =>
  Object.entries(spec.template.labels).map((label) => labelKey(namespace, label));

const labelKey = (namespace: string | undefined, label: [string, string]): string => `${namespace} ${label.join('=')}`;

/** `<kind> <namespace>/<name>`. */
export const kindAndName = ({ kind, metadata }: Workload): string[] => [
  `${kind} ${metadata.namespace}/${metadata.name}`,
];
