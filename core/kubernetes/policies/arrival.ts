import type { LabelSelector, Pod } from '../../model/kubernetes.ts';
import { fits } from '../label-selector.ts';
import { isTrue, type Match } from './rules-in-order.ts';

/** The protocols that load balancers send to targets, as policies name them. */
export type PolicyProtocol = 'TCP' | 'UDP';

/** Packets from an address that is no pod's to a port of a pod. */
export interface Arrival {
  pod: Pod;
  address: string;
  port: number;
  protocol: PolicyProtocol;
  /** The address is that of a node of the cluster. */
  isFromNode: boolean;
}

/** The only label of a namespace that is known without reading namespaces (Kubernetes API, "Automatic labelling"). */
const nameLabel = 'kubernetes.io/metadata.name';

/** Whether a selector of namespaces takes the one of the pod; their other labels are not read. */
export function fitsNamespace(selector: LabelSelector, { metadata }: Pod): Match {
  const keys = [...Object.keys(selector.matchLabels), ...selector.matchExpressions.map(({ key }) => key)];
  const known = (key: string): boolean => key === nameLabel;
  const byName = {
    matchLabels: Object.fromEntries(Object.entries(selector.matchLabels).filter(([key]) => known(key))),
    matchExpressions: selector.matchExpressions.filter(({ key }) => known(key)),
  };
  if (!fits(byName, { [nameLabel]: metadata.namespace ?? '' })) return 'no';
  return keys.every(known) ? 'yes' : 'maybe';
}

/** Whether a port, a range or the name of a container port means the port of this arrival. */
export function isPort(
  { pod, port, protocol }: Arrival,
  wanted: { port?: number; endPort?: number; name?: string },
): Match {
  if (wanted.name !== undefined) {
    return isTrue(
      pod.spec.containers.some(({ ports }) =>
        ports.some(
          (each) => each.name === wanted.name && each.containerPort === port && (each.protocol ?? 'TCP') === protocol,
        ),
      ),
    );
  }
  if (wanted.port === undefined) return 'yes';
  return isTrue(wanted.port <= port && port <= (wanted.endPort ?? wanted.port));
}
