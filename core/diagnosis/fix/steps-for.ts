import type { Filling } from '../../model/check-result.ts';
import type { Fix, Step } from '../../model/fix.ts';
import type { Check } from '../check.ts';
import { fitsRelease } from './fits-release.ts';
import type { Scene } from './former.ts';
import { withMaker } from './owner/maker.ts';
import { withManager } from './owner/managed.ts';
import { suitsAddOn } from './owner/managed-add-on.ts';
import { withAddOn } from './owner/set-add-on.ts';
import { fill, prepared, surroundings } from './remediation.ts';
import { withAttribute } from './set-attribute.ts';
import { fitted } from './set-health-check.ts';
import { startFirst } from './start-first.ts';
import { joined, stillVerified } from './verification.ts';

/** The steps that apply here, in the form for who owns what they change, with commands that can be run as they stand. */
export function stepsFor(cause: Pick<Check, 'fix'> & Partial<Check>, { group, facts, values }: Scene): Fix[] {
  const around = { ...surroundings(group, facts), ...values };
  const wanted = cause.fix.filter((step) => isWanted(step, { group, facts, values }));
  const left = joined(startFirst(wanted, group, facts));
  const { id, kind, ...rest } = cause;
  const steps = id === undefined || kind === undefined ? left : stillVerified(left, { id, kind, ...rest });
  const filled = steps.map((step) => {
    const set = withAttribute(fitted(step, group, facts), group, facts);
    const own: Record<string, Filling> = { ...around, ...set.values };
    const scene: Scene = { group, facts, values: own };
    const kept = withAddOn(withMaker(fitsRelease(set.step, group, facts), scene), scene);
    return withManager(fill(kept.step, { ...own, ...kept.values }, { group, facts }), facts);
  });
  return prepared(filled);
}

/** False for a step about something that is not so here, for another controller, or for an add-on of the other kind. */
function isWanted(step: Step, { group: { owner }, facts, values }: Scene): boolean {
  if (step.when !== undefined && values[step.when] === undefined) return false;
  if (step.only !== undefined && owner !== undefined && !step.only.includes(owner.controller)) return false;
  return suitsAddOn(step, facts);
}
