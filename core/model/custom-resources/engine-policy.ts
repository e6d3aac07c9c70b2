import type { LabelSelector, ObjectMeta } from '../kubernetes.ts';

/** What a network engine restricts traffic by beside NetworkPolicies: its own kinds, as far as they decide about addresses that are no pod's. */
export type EnginePolicy =
  | ClusterNetworkPolicy
  | CalicoPolicy
  | CalicoTier
  | CalicoNetworkSet
  | CiliumPolicy
  | OtherPolicy;

interface EngineObject {
  /** The resource as kubectl takes it, for example `globalnetworkpolicies.crd.projectcalico.org`. */
  resource: string;
  metadata: ObjectMeta;
}

/** networking.k8s.aws/v1alpha1, enforced by the VPC CNI; `priority` counts within its tier, the lower the earlier. */
export interface ClusterNetworkPolicy extends EngineObject {
  kind: 'ClusterNetworkPolicy';
  spec: {
    tier: string;
    priority: number;
    subject: { namespaces?: LabelSelector; pods?: { namespaceSelector: LabelSelector; podSelector: LabelSelector } };
    ingress: {
      action: string;
      /** `networks` of all peers; `others` are fields of peers that this auditor does not know. */
      networks: string[];
      others: string[];
      ports: { protocol?: string; port?: number; endPort?: number; name?: string }[];
    }[];
  };
}

/** Calico's GlobalNetworkPolicy, or its NetworkPolicy where `metadata.namespace` is set. Selectors are Calico's expressions. */
export interface CalicoPolicy extends EngineObject {
  kind: 'CalicoPolicy';
  spec: {
    tier: string;
    /** Absent = after all others of the tier. */
    order?: number;
    selector: string;
    namespaceSelector?: string;
    types: string[];
    ingress: CalicoRule[];
    /** Fields that change what the policy is about, such as `preDNAT`. */
    others: string[];
  };
}

export interface CalicoRule {
  action: string;
  protocol?: string;
  nets: string[];
  notNets: string[];
  /** Source by labels: pods, or NetworkSets that carry them. */
  bySelector: boolean;
  /** Numbers, ranges such as `8000:9000`, or names of container ports. */
  ports: string[];
  /** Conditions that this auditor does not evaluate. */
  others: string[];
}

export interface CalicoTier extends EngineObject {
  kind: 'CalicoTier';
  spec: { order?: number; defaultAction: string };
}

export interface CalicoNetworkSet extends EngineObject {
  kind: 'CalicoNetworkSet';
  spec: { nets: string[] };
}

/** CiliumNetworkPolicy, or CiliumClusterwideNetworkPolicy without a namespace; one entry for each of its specs. */
export interface CiliumPolicy extends EngineObject {
  kind: 'CiliumPolicy';
  spec: {
    /** Absent = the policy is about nodes. */
    endpointSelector?: LabelSelector;
    ingress?: CiliumRule[];
    ingressDeny?: CiliumRule[];
    /** False where the policy only adds (`enableDefaultDeny.ingress`). */
    defaultDeny: boolean;
  };
}

export interface CiliumRule {
  entities: string[];
  cidrs: { cidr: string; except: string[] }[];
  /** The rule names its sources, by whatever field. */
  hasSources: boolean;
  ports: { port: string; endPort?: number; protocol?: string }[];
  others: string[];
}

/** A kind that this auditor reads but does not evaluate. */
export interface OtherPolicy extends EngineObject {
  kind: 'OtherPolicy';
  spec: Record<string, never>;
}

/** EKS Auto Mode's NodeClass: with `DefaultDeny` pods on its nodes take only what policies admit. */
export interface NodeClass {
  metadata: ObjectMeta;
  spec: { networkPolicy?: string };
}
