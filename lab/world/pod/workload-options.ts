import type { V1Probe } from '@kubernetes/client-node';
import type { Wire } from '../wire.ts';
import type { Behaviour } from '../world.ts';

/** A probe as it stands in a Pod. */
export type ContainerProbe = Wire<V1Probe>;

export interface WorkloadOptions {
  namespace: string;
  name: string;
  replicas?: number;
  /** The port that the container declares. */
  port?: number;
  portName?: string;
  /** Of the declared port; what is served over UDP meets no TCP packet. */
  protocol?: 'TCP' | 'UDP';
  /** UDP ports on which the process listens too; of a UDP workload its own port by default. */
  udpSockets?: number[];
  /** The port on which the process really listens; the declared one by default. */
  listensOn?: number;
  /** The process binds only 127.0.0.1 of its pod. */
  loopback?: boolean;
  /** The process binds 0.0.0.0, which takes no connection over IPv6. */
  ipv4Only?: boolean;
  behaviour?: Behaviour;
  /** The Service-facing readiness probe; `null` for none. By default GET /ready on the declared port. */
  readinessProbe?: ContainerProbe | null;
  livenessProbe?: ContainerProbe;
  labels?: Record<string, string>;
  image?: string;
  args?: string[];
  /** Variables beside LOG_LEVEL. */
  env?: { name: string; value: string }[];
  memoryLimit?: string;
  /** Indexes of the nodes that run its pods, in turn; all nodes by default. */
  nodes?: number[];
  ageSeconds?: number;
}
