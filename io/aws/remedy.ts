import type { GapReason } from '../../core/model/gap.ts';

/** What to grant or change when an AWS call is refused. */
export function awsRemedy(reason: GapReason, action: string): string {
  switch (reason) {
    case 'denied':
      return `Grant ${action} to the identity that runs the audit; a service control policy or an endpoint policy may refuse it too.`;
    case 'throttled':
      return 'Run again later, or lower the calls per second: other callers use up the API budget of this account and Region.';
    case 'unreachable':
      return `Let the auditor reach the ${action.split(':')[0]} API of this Region: NAT gateway, or an interface VPC endpoint in its subnets.`;
    case 'deadline':
      return 'Give the run more time, or split it by VPC.';
    case 'deferred':
      return 'No action is needed if it is read within a few runs; otherwise raise elbCallsPerSecond or run less often.';
    case 'invalid':
    case 'not-requested':
      return 'Run again; if it stays, check that the resource still exists.';
    case 'bug':
      return reportBug;
  }
}

/** What to do where the auditor itself failed. */
export const reportBug =
  'This is a bug of eks-nlb-auditor. Please report it with this message; the rest of the report holds.';
