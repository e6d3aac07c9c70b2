/** Who made a call, as `userIdentity` of CloudTrail names it. */
export type PastCaller =
  | { kind: 'user'; name: string }
  | { kind: 'role'; role: string; session: string; sourceIdentity?: string }
  | { kind: 'service'; name: string };

/** A call of the past, as CloudTrail recorded it. */
export interface PastCall {
  /** RFC 3339. */
  at: string;
  service: 'ec2' | 'eks' | 'elasticloadbalancing' | 'iam' | 'sts';
  action: string;
  by: PastCaller;
  userAgent: string;
  isFromConsole?: boolean;
  readOnly?: boolean;
  /** Code of the error with which it was refused. */
  error?: string;
  request: Record<string, unknown>;
  response?: Record<string, unknown>;
  /** Ids and names by which it is found, each with its CloudFormation type; none of what CloudTrail does not index. */
  resources: { type: string; name: string }[];
}
