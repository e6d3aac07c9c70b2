import type { Template } from './fix.ts';

/** An add-on of a cluster that EKS can manage; only those that a finding is about are read. */
export type AddOn =
  | {
      /** For example `vpc-cni`. */
      name: string;
      managed: true;
      version: string;
      tags: Record<string, string>;
      /** The configuration that it was given, empty where it has none; absent where that cannot be shown whole. */
      configuration?: { [field: string]: Template };
    }
  /** One that EKS knows nothing of, whatever runs in the cluster under its name. */
  | { name: string; managed: false };

/** A controller that EKS runs for a cluster, outside of it (Amazon EKS API reference, `CapabilitySummary`). */
export interface Capability {
  name: string;
  /** `ACK`, `ARGOCD` or `KRO`. */
  type: string;
}
