import { listenersInUse } from '../controllers/listeners/client-path.ts';
import { formatShare } from '../controllers/listeners/weights.ts';
import { formatReconcileError, reconcileErrorsOf } from '../controllers/reconcile-errors.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { Facts } from '../model/facts.ts';
import type { Step } from '../model/fix.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { fill, prepared, surroundings } from './fix/remediation.ts';
import { verified } from './fix/verification.ts';
import { readyEndpoints } from './who-is-served.ts';

const steps: Step[] = [
  {
    text: 'See what the controller reports about the Service, and whether it has a TargetGroupBinding for this target group.',
    look: { kubectl: 'describe service {service}', in: '{namespace}' },
  },
  {
    text: 'See which endpoints of the Service are ready: these are the ones to be registered.',
    look: { kubectl: 'get endpointslices --selector kubernetes.io/service-name={service}', in: '{namespace}' },
  },
];

const stepsWithoutOwner: Step[] = [
  {
    text: 'Find out who registers targets in this target group, by its tags, and register what serves now; or remove the forward.',
    look: { aws: 'elbv2 describe-tags', options: '--resource-arns {targetGroup}' },
  },
];

/** The last word of the controller, where it is an error. */
const reported = (group: TargetGroupContext, { slices }: Facts): string[] =>
  reconcileErrorsOf(group, slices.events, slices.targetGroupBindings).slice(0, 1).map(formatReconcileError);

/** What an unexplained diagnosis about a target group with no healthy target says of its own, where no single target asks for a reason. */
export function nobodyServed(
  group: TargetGroupContext,
  facts: Facts,
): Pick<Diagnosis, 'title' | 'severity' | 'decidedBy' | 'evidence' | 'fix'> {
  const ready = readyEndpoints(group, facts);
  const endpoints = ready === undefined ? [] : [`${ready} ready endpoint${ready === 1 ? '' : 's'} of its Service`];
  const isEmpty = group.targets.length === 0;
  const forwards = listenersInUse(group).map(
    (listener) => `${listener.protocol} ${listener.port} sends ${formatShare(listener, group.targetGroup)}`,
  );
  const sends = forwards.length === 0 ? 'the Service sends its clients' : forwards.join(' and ');
  const fix = verified(group.owner === undefined ? stepsWithoutOwner : steps, { id: 'unexplained', kind: 'fault' });
  return {
    title: `${isEmpty ? 'No target is registered' : 'No target is healthy'}, and no cause of the catalogue explains it`,
    severity: 'critical',
    decidedBy: 'the log and the events of what registers the targets',
    evidence: [
      {
        check: 'unexplained',
        target: null,
        saw: [
          group.lost === undefined
            ? `${sends} to ${group.targetGroup.name}, which has no ${isEmpty ? '' : 'healthy '}target`
            : 'the Service has neither load balancer nor target group',
          ...(group.lost === undefined ? [] : reported(group, facts)),
          ...endpoints,
        ].join('; '),
        expected: 'a healthy target, or no listener that sends clients there',
      },
    ],
    fix: prepared(fix.map((step) => fill(step, surroundings(group, facts)))),
  };
}
