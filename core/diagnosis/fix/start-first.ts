import { controllerDeployment, standstillOf } from '../../controllers/controller.ts';
import type { Facts } from '../../model/facts.ts';
import type { Step } from '../../model/fix.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';

/** The steps, after one that starts the AWS Load Balancer Controller where they leave the work to it and it does none. */
export function startFirst(steps: readonly Step[], { owner, takenAt }: TargetGroupContext, { slices }: Facts): Step[] {
  const first = steps.findIndex(({ change }) => change !== undefined);
  const isLeftToIt = owner?.controller.startsWith('aws-load-balancer-controller') === true && steps.some(wakes);
  const deployment = isLeftToIt ? controllerDeployment(slices.workloads) : undefined;
  const standstill = deployment && standstillOf(deployment, slices.leases, takenAt);
  if (deployment === undefined || standstill === undefined) return [...steps];
  return steps.toSpliced(first, 0, starting[deployment.spec.replicas === 0 ? 'off' : standstill]);
}

const wakes = ({ change }: Step): boolean => change !== undefined && 'wake' in change;

const place = '{controllerNamespace}';

const starting: Record<'off' | 'down' | 'leaderless', Step> = {
  off: {
    text: 'Start the AWS Load Balancer Controller first: it is scaled to zero, and does nothing of what follows until it runs.',
    change: { scale: 2, on: { object: 'deployment {controllerDeployment}', in: place } },
  },
  down: {
    text: 'Find out why the AWS Load Balancer Controller does not run, and start it first: no replica is available, and it does nothing of what follows until one is.',
    look: { kubectl: 'describe deployment {controllerDeployment}', in: place },
  },
  leaderless: {
    text: 'Restart the AWS Load Balancer Controller first: none of its replicas is the leader, and it does nothing of what follows until one is.',
    change: { restart: { object: 'deployment/{controllerDeployment}', in: place } },
  },
};
