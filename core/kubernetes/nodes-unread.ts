import type { Gap } from '../model/gap.ts';
import type { Node } from '../model/kubernetes.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';

/** What stays open about a target group of instances whose nodes could not be read; addresses of pods need none. */
export const nodesUnread = ({ targetGroup }: TargetGroupContext, nodes: Node[] | undefined): Gap[] =>
  targetGroup.targetType !== 'instance' || nodes !== undefined
    ? []
    : [
        {
          slice: 'nodes',
          scope: { kind: 'target-group', arn: targetGroup.arn },
          reason: 'not-requested',
          action: 'compare the targets with the nodes of the cluster',
          message: `the nodes behind ${targetGroup.name} were not read`,
          remedy: 'Let the auditor list nodes.',
        },
      ];
