import { formatReconcileError, reconcileErrorsOf, refusedBy } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { driftNeeds, driftOf, driftOptional } from '../../diagnosis/drift.ts';
import { formatCallers, throttledOf } from '../../history/changes/culprits.ts';
import { controllerTools } from '../../history/changes/tools.ts';

/** A single throttled call is retried and forgotten. */
const often = 3;

export const controllerThrottled = check({
  id: 'controller-throttled',
  kind: 'fault',
  stage: 'registration',
  severity: 'medium',
  title: 'AWS throttles the controller, so targets are registered and deregistered late',
  symptom:
    'New targets appear minutes late and old ones stay, in an account with many controllers or other callers of the same API.',
  why: `EC2 and Elastic Load Balancing limit the calls of an account in a Region, and all controllers, pipelines and dashboards share that
limit. A controller that is throttled again and again needs many minutes for what takes seconds, and meanwhile the target group keeps
its old targets.`,
  proof: `Since its last success the controller reported throttling at least ${often} times in events about the Service or its binding, and the
target group lacks something that the Service requests. It is confirmed where CloudTrail recorded as many throttled calls of the controller.`,
  nearMisses: [
    'A single throttled call is retried and does no harm.',
    'The controller also slows itself down to a few registrations a second: that leaves no event.',
  ],
  decidedBy: 'the rate of ThrottlingException and RequestLimitExceeded in CloudTrail, by caller',
  fix: [
    {
      text: 'Find out who makes the calls, and reduce them; then set a rate for the controller below the limit.',
      look: {
        aws: 'cloudtrail lookup-events',
        options:
          '--lookup-attributes AttributeKey=EventName,AttributeValue=DescribeTargetHealth --max-results 50 --query "Events[].Username"',
      },
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/configurations/',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/api-throttling.html',
  ],
  masks: [],
  masksEvery: ['driftSymptom', 'healthCheckMismatch'],
  needs: [...driftNeeds, 'events'],
  optional: [...driftOptional, 'workloads', 'targetGroupBindings', 'changes'],

  run(group, facts) {
    const reconcileErrors = reconcileErrorsOf(group, facts.events, facts.targetGroupBindings).filter(
      ({ category }) => category === 'throttling',
    );
    // Each error carries the id of its request, so that the same one makes another Event every time.
    const count = reconcileErrors.reduce((sum, { event }) => sum + event.count, 0);
    const [last] = reconcileErrors;
    if (last === undefined || count < often) return [];
    const throttled = throttledOf(reconcileErrors.flatMap(refusedBy), { changes: facts.changes, metrics: undefined });
    const own = throttled.filter(({ tool }) => controllerTools.has(tool));
    const seen = throttled.length === 0 ? '' : `; CloudTrail recorded throttled calls: ${formatCallers(throttled)}`;
    return driftOf(group, facts).map((drift) => ({
      ...(drift.target && { target: drift.target }),
      ...(drift.missing && { missing: drift.missing }),
      saw: `${formatReconcileError({ ...last, event: { ...last.event, count } })}; ${drift.saw}${seen}`,
      expected: 'calls that AWS accepts at the first or second attempt',
      confidence: own.length >= often ? ('confirmed' as const) : ('probable' as const),
      ...(own.length >= often && { calls: own.slice(-1).map(({ id }) => id) }),
    }));
  },
});
