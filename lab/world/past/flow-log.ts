/** A flow log, as EC2 describes it. */
export interface FlowLog {
  id: string;
  /** The VPC, subnet or network interface. */
  resourceId: string;
  traffic: 'ALL' | 'ACCEPT' | 'REJECT';
  destination:
    | { kind: 'log-group'; name: string }
    | { kind: 'bucket'; name: string; prefix?: string; isHive?: boolean; isHourly?: boolean; isParquet?: boolean };
  /** Names of the fields of a record in their order; those of version 2 by default. */
  fields?: string[];
  /** Why it delivers nothing. */
  failure?: string;
}

/** The fields of the default format, in their order (VPC user guide, "Flow log records"). */
export const defaultFields: readonly string[] =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split(
    ' ',
  );
