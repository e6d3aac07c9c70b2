import { alarms, type Diagnosis, isWrong } from '../../model/diagnosis.ts';
import type { Facts } from '../../model/facts.ts';
import { catalogue } from '../catalogue.ts';
import { conclude } from '../conclusion.ts';

/** ARNs of the target groups with a finding, as far as it can be judged before anything is read of what was before. */
export const assessFindings = (facts: Facts): Set<string> => groupsWith(alarms, facts);

/** ARNs of the target groups with something wrong now: what changed is worth reading for these. */
export const assessWrong = (facts: Facts): Set<string> => groupsWith(isWrong, facts);

const groupsWith = (holds: (diagnosis: Diagnosis) => boolean, facts: Facts): Set<string> =>
  new Set(
    conclude(facts, { checks: catalogue })
      .diagnoses.filter(holds)
      .map(({ targetGroupArn }) => targetGroupArn),
  );
