import type { Message } from '../../notification/message.ts';
import { machineMessage } from './machine-message.ts';

/** One entry of PutEvents, without its bus. */
export interface EventBridgeEntry {
  Source: string;
  DetailType: string;
  /** JSON; described by `docs/event.schema.json`. */
  Detail: string;
  /** ARNs of target groups. */
  Resources: string[];
  /** RFC 3339. */
  Time: string;
}

/** Bytes; an entry takes 256 KB with everything else in it (EventBridge user guide, "Calculating PutEvents event entry size"). */
const longestDetail = 240 * 1024;
const mostResources = 50;

/** A message as an event, which rules match by `detail.transition`, `detail.diagnoses.severity` and so on. */
export function renderEventBridge(
  message: Message,
  { vpcId, reportUrl }: { vpcId: string; reportUrl?: string | undefined },
): EventBridgeEntry {
  return {
    Source: 'eks-nlb-auditor',
    DetailType: message.summary === undefined ? 'NLB Target Incident' : 'NLB Target Summary',
    Detail: machineMessage(message, { vpcId, reportUrl })(longestDetail),
    Resources: [...new Set(message.diagnoses.map(({ targetGroupArn }) => targetGroupArn))].slice(0, mostResources),
    Time: message.at,
  };
}
