/** What VPC flow logs recorded of the packets between the nodes of a load balancer and one network interface. */
export interface FlowReading {
  networkInterfaceId: string;
  flowLogId: string;
  /** Which packets the flow log records (DescribeFlowLogs, "TrafficType"). */
  traffic: 'ALL' | 'ACCEPT' | 'REJECT';
  /** RFC 3339: the stretch that was read. */
  from: string;
  to: string;
  /** What was looked for: addresses of nodes of load balancers, and ports at the interface. */
  peers: string[];
  ports: number[];
  flows: RecordedFlow[];
  /** False where the flow log has no record of the interface at all in that stretch, so that it says nothing. */
  hasRecords: boolean;
  /** True where records name the address behind the interface (`pkt-dstaddr`), so that one pod is told from another. */
  namesAddresses: boolean;
  /** True where the flow log skipped records, or has more than were read. */
  isCut: boolean;
}

/** All records of one kind of packet put together. */
export interface RecordedFlow {
  direction: 'in' | 'out';
  /** The other end: a node of the load balancer. */
  peer: string;
  /** The port at the interface. */
  port: number;
  action: 'ACCEPT' | 'REJECT';
  packets: number;
  /** RFC 3339: the end of the last record. */
  last: string;
  /** The address behind the interface, where records name it. */
  address?: string;
}
