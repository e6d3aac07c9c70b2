/** By what a call to AWS was made. */
export type Tool =
  | 'console'
  | 'aws-cli'
  | 'cloudshell'
  | 'terraform'
  | 'cloudformation'
  | 'cdk'
  | 'pulumi'
  | 'crossplane'
  | 'ack'
  | 'eksctl'
  | 'aws-load-balancer-controller'
  | 'cloud-provider-aws'
  | 'karpenter'
  | 'eks'
  | 'aws-service'
  | 'sdk'
  | 'unknown';

/** A security group rule that a call added or took away; `protocol` and ports as `SecurityGroupRule` has them. */
export interface RuleChange {
  effect: 'added' | 'removed';
  egress: boolean;
  protocol: string;
  fromPort: number;
  toPort: number;
  /** CIDR block, prefix list or security group; absent where only the id of the rule is known. */
  peer?: string;
  description?: string;
}

/** Settings that a call wrote, those of a health check named as `HealthCheck` names them, in the words of the API. */
export type WrittenSettings = Record<string, string>;

/** One call that changes something or was refused, as CloudTrail recorded it: only the fields that say what it did, each clipped. */
export interface RecordedCall {
  /** `eventID` of CloudTrail. */
  id: string;
  /** RFC 3339. */
  at: string;
  /** For example `RevokeSecurityGroupIngress`. */
  action: string;
  /** Name of a user, or role and session, for people. */
  actor: string;
  /** ARN of the user or role behind it; empty where AWS names none. */
  identity: string;
  tool: Tool;
  /** Ids and ARNs of what it changes; empty for one that only reads. */
  objects: string[];
  /** Code of the error with which AWS refused it; absent where it was carried out. */
  error?: string;
  rules?: RuleChange[];
  settings?: WrittenSettings;
  /** Ids of the targets that it registered or deregistered. */
  targets?: { effect: 'registered' | 'deregistered'; ids: string[] };
}

/** The calls that changed one resource in a stretch of time, or the refused ones of one action; `changes` is a list of these. */
export interface ChangeLog {
  /** Id or ARN; or an action such as `ec2:AuthorizeSecurityGroupIngress`, whose refused and throttled calls these are. */
  resource: string;
  /** RFC 3339. */
  from: string;
  to: string;
  /** The newest first. */
  calls: RecordedCall[];
  /** True where there were more than were read: the earlier ones are missing. */
  isCut?: true;
}
