import type { Target } from './aws.ts';
import type { SliceName } from './slices.ts';

/**
 * Why something could not be read: the world refused, was too slow or answered nonsense; its turn comes in a later run
 * (`deferred`); it was not requested; or the auditor itself failed (`bug`).
 */
export type GapReason =
  | 'denied'
  | 'throttled'
  | 'unreachable'
  | 'deadline'
  | 'deferred'
  | 'invalid'
  | 'not-requested'
  | 'bug';

/**
 * Something that could not be read. Ignorance is data: every check that needs `slice` answers `unknown` for what
 * `scope` covers.
 */
export interface Gap {
  slice: SliceName | 'clusters';
  /** The cluster by name, one target group by ARN, one target, or everything in these Facts. */
  scope: GapScope;
  reason: GapReason;
  /** IAM action or Kubernetes verb and resource, for example `ec2:DescribeSecurityGroups` or `list pods`. */
  action: string;
  /** What came back, one line, without secrets. */
  message: string;
  /** What to grant or change so that it can be read. */
  remedy: string;
}

export type GapScope =
  | { kind: 'all' }
  | { kind: 'cluster'; name: string }
  | { kind: 'target-group'; arn: string }
  | { kind: 'target'; targetGroupArn: string; id: string; port: number }
  /** So many target groups at once, only in reports, whose groups say which: those that are not `read`. */
  | { kind: 'target-groups'; count: number };

/** True when the gap hides something about this target; without a target, about the whole target group. */
export function conceals(gap: Gap, targetGroupArn: string, target?: Target): boolean {
  switch (gap.scope.kind) {
    case 'all':
    case 'cluster':
      return true;
    case 'target-groups':
      return false;
    case 'target-group':
      return gap.scope.arn === targetGroupArn;
    case 'target':
      return (
        gap.scope.targetGroupArn === targetGroupArn &&
        target !== undefined &&
        gap.scope.id === target.id &&
        gap.scope.port === target.port
      );
  }
}
