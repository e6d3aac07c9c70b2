import type { Target } from '../../model/aws.ts';
import type { HealthCheckFlows } from './health-check-flows.ts';

/** What a flow log recorded of the health checks of a target, as one line of evidence. */
export function describeFlows({ healthCheckPort }: Target, { fate, reading, peers, of }: HealthCheckFlows): string {
  const { flowLogId, networkInterfaceId } = reading;
  const where = `flow log ${flowLogId} of ${networkInterfaceId}`;
  const whose = `TCP ${healthCheckPort} from ${peers.length} of ${of} nodes of the load balancer (${peers.join(', ')})`;
  switch (fate) {
    case 'rejected':
      return `${where}: REJECT of ${whose}`;
    case 'answer-rejected':
      return `${where}: ACCEPT of ${whose}, and REJECT of what the target sends back`;
    case 'unanswered':
      return `${where}: ACCEPT of ${whose}, and nothing is sent back`;
    case 'answered':
      return `${where}: ACCEPT of ${whose}, and of what the target sends back`;
    case 'missing':
      return `${where}: no record of TCP ${healthCheckPort} from any node of the load balancer (${peers.join(', ')}), while other packets are recorded`;
  }
}
