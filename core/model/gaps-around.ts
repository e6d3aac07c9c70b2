import type { Gap } from './gap.ts';
import { inOrder, under } from './indexed.ts';

/** The gaps that can hide something about a target group or its targets, in their order. */
export const gapsAround = ({ targetGroup }: { targetGroup: { arn: string } }, gaps: Gap[]): Gap[] =>
  inOrder(gaps, [under(gaps, scopeOf, everywhere), under(gaps, scopeOf, targetGroup.arn)]);

const everywhere = 'everywhere';

function scopeOf({ scope }: Gap): string[] {
  switch (scope.kind) {
    case 'all':
    case 'cluster':
      return [everywhere];
    case 'target-group':
      return [scope.arn];
    case 'target':
      return [scope.targetGroupArn];
    case 'target-groups':
      return [];
  }
}
