import type { Gap } from '../gap.ts';

export interface UnreadItem {
  reason: Gap['reason'];
  /** `nodes, pods of shop`. */
  what: string;
  /** What came back, and what to grant or change. */
  told: string;
}

/** What could not be read, alike gaps together. */
export function unreadItems(gaps: Gap[]): UnreadItem[] {
  const alike = Map.groupBy(gaps, ({ reason, message, remedy }) => `${reason}\n${message}\n${remedy}`);
  return [...alike.values()].flatMap((group) => {
    const [gap] = group;
    if (gap === undefined) return [];
    const slices = [...new Set(group.map(({ slice }) => slice))].join(', ');
    return [{ reason: gap.reason, what: slices + scopeOf(gap), told: `${gap.message}. ${gap.remedy}` }];
  });
}

function scopeOf({ scope, slice }: Gap): string {
  if (scope.kind === 'cluster') return ` of ${scope.name}`;
  if (scope.kind === 'target-group') return ` of ${scope.arn.split(':targetgroup/')[1]?.split('/')[0] ?? scope.arn}`;
  if (scope.kind === 'several') return ` of ${scope.count} ${gapUnit(slice)}`;
  if (scope.kind === 'target') return ` of ${scope.id}:${scope.port}`;
  return '';
}

/** Probes are missing for targets, everything else for whole resources. */
const gapUnit = (slice: Gap['slice']): string =>
  slice === 'probes' ? 'targets' : slice === 'loadBalancers' ? 'load balancers' : 'target groups';
