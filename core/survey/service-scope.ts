import { readTags } from '../controllers/tags.ts';
import type { Facts } from '../model/facts.ts';
import type { Gap } from '../model/gap.ts';
import type { ServiceScope } from '../model/inventory.ts';

interface Named {
  namespace: string;
  service: string;
}

/** Whether a Service is one of those that a run is about. */
export const isInScope = ({ namespace, service }: Named, { namespaces, services }: ServiceScope): boolean =>
  (namespaces?.includes(namespace) ?? true) && (services?.includes(service) ?? true);

/**
 * True for a target group whose tags name a Service outside of the scope. Tags of the Gateway API name the Gateway, whose routes lead to
 * Services of any name, so that they exclude nothing.
 */
export function isOfAnotherService(tags: Record<string, string>, scope: ServiceScope): boolean {
  const owner = readTags(tags);
  return owner !== undefined && owner.controller !== 'aws-load-balancer-controller-gateway' && !isInScope(owner, scope);
}

/** These Facts without target groups of other Services; what surrounds the others stays as it was read. */
export function factsInScope(facts: Facts, scope: ServiceScope): Facts {
  const kept = new Set(facts.owners.flatMap((owner) => (isInScope(owner, scope) ? [owner.targetGroupArn] : [])));
  const { targetGroups, targetHealth } = facts.slices;
  return {
    ...facts,
    owners: facts.owners.filter(({ targetGroupArn }) => kept.has(targetGroupArn)),
    slices: {
      ...facts.slices,
      targetGroups: targetGroups.filter(({ arn }) => kept.has(arn)),
      targetHealth: targetHealth.filter(({ targetGroupArn }) => kept.has(targetGroupArn)),
      lostBackends: facts.slices.lostBackends.filter((lost) => isInScope(lost, scope)),
    },
    gaps: facts.gaps.filter((gap) => isAbout(gap, kept)),
  };
}

function isAbout({ scope }: Gap, kept: Set<string>): boolean {
  if (scope.kind === 'target-group') return kept.has(scope.arn);
  return scope.kind !== 'target' || kept.has(scope.targetGroupArn);
}
