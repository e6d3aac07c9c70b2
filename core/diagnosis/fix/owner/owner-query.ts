import { addOnOf } from '../../../kubernetes/managers/add-on.ts';
import type { Facts } from '../../../model/facts.ts';
import type { Step } from '../../../model/fix.ts';
import { eachIndexed } from '../../../model/indexed.ts';
import { groupsOf, type TargetGroupContext } from '../../../model/target-group-context.ts';
import { catalogue } from '../../catalogue.ts';
import type { Check } from '../../check.ts';
import { type Grades, gradedChecks } from '../../check-settings.ts';
import { examine } from '../../examine.ts';
import { fieldOwner } from './field-owner.ts';

/** What is read of EKS about a cluster, so that fixes take the form that lasts there. */
export interface OwnerQuery {
  cluster: string;
  /** Names of add-ons. */
  addOns: string[];
  /** Whether a controller that EKS runs may write what is to be changed. */
  capabilities: boolean;
}

/**
 * What to read about who owns what the fixes of each of these Facts change, by the checks as they are graded; undefined where no finding
 * is about anything of EKS.
 */
export function ownerQueries(allFacts: Facts[], grades: Grades = {}): (OwnerQuery | undefined)[] {
  const checks = gradedChecks(aboutAddOns, grades);
  return eachIndexed(allFacts, (facts) => ownerQuery(facts, checks));
}

function ownerQuery(facts: Facts, checks: readonly Check[]): OwnerQuery | undefined {
  if (facts.cluster === null) return undefined;
  const groups = groupsOf(facts);
  const addOns = [...new Set(groups.flatMap((group) => addOnsAbout(group, facts, checks)))].toSorted();
  const capabilities = groups.some((group) => group.failing.length > 0 && isByController(group, facts));
  return addOns.length === 0 && !capabilities ? undefined : { cluster: facts.cluster.name, addOns, capabilities };
}

/** The add-on that a step changes. */
function addOnIn({ change }: Step): string | undefined {
  if (change === undefined) return undefined;
  if ('aws' in change) return change.options['addon-name'];
  if (!('on' in change) || change.on?.in === undefined) return undefined;
  const [, name = ''] = change.on.object.split(/[ /]/);
  return addOnOf({ name, namespace: change.on.in });
}

/** The checks about what is wrong, for targets or for clients, of which a fix changes an add-on. */
const aboutAddOns = catalogue.filter(
  ({ kind, fix }) => (kind === 'fault' || kind === 'clients') && fix.some((step) => addOnIn(step) !== undefined),
);

const fixes = new Map(aboutAddOns.map(({ id, fix }) => [id, fix]));

/** The add-ons that the fixes of what is found at a target group change, but for those that something else than EKS is known to write. */
function addOnsAbout(group: TargetGroupContext, facts: Facts, checks: readonly Check[]): string[] {
  return examine(group, facts, checks).flatMap((result) => {
    if (result.outcome !== 'found') return [];
    const values = result.evidence.map((evidence) => evidence.values ?? {});
    return (fixes.get(result.check) ?? [])
      .filter(({ when }) => when === undefined || values.some((each) => each[when] !== undefined))
      .flatMap((step) => addOnIn(step) ?? [])
      .filter((name) => mayBeOfEks(name, facts));
  });
}

function mayBeOfEks(addOn: string, facts: Facts): boolean {
  const found = facts.slices.workloads.find(
    ({ metadata: { name, namespace = '' } }) => addOnOf({ name, namespace }) === addOn,
  );
  const owner = found && fieldOwner({ kind: found.kind, ...found.metadata }, [], facts);
  return owner === undefined || owner.tool === 'eks';
}

/** True where Argo CD or kro writes the Service: EKS may run either outside of the cluster. */
function isByController({ owner }: TargetGroupContext, facts: Facts): boolean {
  const tool =
    owner && fieldOwner({ kind: 'Service', name: owner.service, namespace: owner.namespace }, [], facts)?.tool;
  return tool === 'argo' || tool === 'kro';
}
