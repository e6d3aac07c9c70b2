import type { Gap, GapScope } from './model/gap.ts';
import { compareText } from './model/target-group-context.ts';

/** Of one kind; more are one line with their number. */
const mostOfAKind = 20;

/** Gaps about single target groups or targets, each kind with more than twenty of them as one gap that counts them. */
export function condenseGaps(gaps: Gap[]): Gap[] {
  const isSingle = ({ scope }: Gap): boolean => scope.kind === 'target-group' || scope.kind === 'target';
  const kinds = Map.groupBy(gaps.filter(isSingle), ({ slice, scope, action, reason }) =>
    [slice, scope.kind, action, reason].join(' '),
  );
  const many = [...kinds.values()].filter(({ length }) => length > mostOfAKind);
  const condensed = new Set(many.flat());
  return [
    ...gaps.filter((gap) => !condensed.has(gap)),
    ...many.flatMap((alike) => {
      const [first] = alike;
      const arns = new Set(alike.flatMap(({ scope }) => arnOf(scope)));
      const scope: GapScope = {
        kind: 'several',
        count: alike.length,
        targetGroupArns: [...arns].toSorted(compareText),
      };
      return first === undefined ? [] : [{ ...first, scope }];
    }),
  ];
}

function arnOf(scope: GapScope): string[] {
  if (scope.kind === 'target') return [scope.targetGroupArn];
  return scope.kind === 'target-group' ? [scope.arn] : [];
}
