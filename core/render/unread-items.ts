import type { Gap } from '../model/gap.ts';
import { type GapKind, kindsOfGaps } from './gap-kinds.ts';

export interface UnreadItem {
  reason: Gap['reason'];
  /** `nodes, pods of shop`. */
  what: string;
  /** What came back, and what to grant or change. */
  detail: string;
}

const mostScopes = 3;

/** What could not be read, one item for each kind of gap. */
export const unreadItems = (gaps: Gap[]): UnreadItem[] =>
  kindsOfGaps(gaps).map(({ example, gaps: alike }) => ({
    reason: example.reason,
    what: [...new Set(alike.map(({ slice }) => slice))].join(', ') + scopesOf(alike),
    detail: `${example.message}. ${example.remedy}${more({ example, gaps: alike })}`,
  }));

/** Answers of the same kind that are not shown. */
function more({ gaps }: GapKind): string {
  const others = new Set(gaps.map(({ message, remedy }) => `${message}\n${remedy}`)).size - 1;
  return others === 0 ? '' : ` (${others} more answer${others === 1 ? '' : 's'} of this kind)`;
}

function scopesOf(gaps: Gap[]): string {
  const names = [...new Set(gaps.flatMap(({ scope }) => scopeOf(scope) ?? []))];
  if (names.length === 0) return '';
  const left = names.length - mostScopes;
  return ` of ${names.slice(0, mostScopes).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

function scopeOf(scope: Gap['scope']): string | undefined {
  switch (scope.kind) {
    case 'all':
      return undefined;
    case 'cluster':
      return scope.name;
    case 'target-group':
      return scope.arn.split(':targetgroup/')[1]?.split('/')[0] ?? scope.arn;
    case 'target':
      return `${scope.id}:${scope.port}`;
    case 'target-groups':
      return `${scope.count} target groups`;
  }
}
