import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** A cluster by what tells its name: an `ICluster` of `aws-eks`, of `aws-eks-v2`, or what else has one. */
export interface NamedCluster {
  /** Name of the cluster. */
  readonly clusterName: string;
}

/** A VPC that gets an auditor, and what the auditor may reach in it. */
export interface AuditedVpc {
  /** The VPC. */
  readonly vpc: ec2.IVpc;
  /**
   * Where the auditor runs: subnets with a path to the AWS APIs.
   * @default - the private subnets
   */
  readonly subnets?: ec2.SubnetSelection | undefined;
  /**
   * Clusters, or their names, whose Kubernetes API the auditor may read, by an access entry.
   * @default - none
   */
  readonly clusters?: readonly (string | NamedCluster)[] | undefined;
  /**
   * Cluster security groups that admit the auditor on port 443, for private endpoints of the Kubernetes API.
   * @default - none
   */
  readonly clusterSecurityGroupIds?: readonly string[] | undefined;
  /**
   * Whether the auditor gets IPv6 addresses too, for IPv6 targets; the subnets must be dual-stack.
   * @default false
   */
  readonly ipv6?: boolean | undefined;
  /**
   * Makes the VPC endpoints that the auditor needs in subnets without a NAT gateway.
   * @default - none
   */
  readonly endpoints?: { readonly routeTableIds: readonly string[] } | undefined;
}

/** The name of a cluster, however it was given. */
export const clusterNameOf = (cluster: string | NamedCluster): string =>
  typeof cluster === 'string' ? cluster : cluster.clusterName;
