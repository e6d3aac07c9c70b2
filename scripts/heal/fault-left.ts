import type { Diagnosis } from '../../core/model/diagnosis.ts';
import type { Report } from '../../core/model/report.ts';
import type { Lab } from '../../lab/lab.ts';
import { auditLab } from './audit-lab.ts';
import { turnedAway } from './reach-clients.ts';

/** A fix that is tried: where, what was found before, and the diagnosis that it is for. */
export interface Tried {
  lab: Lab;
  before: Report;
  diagnosis: Diagnosis;
}

/** What is still wrong after a fix, or is wrong since: the finding, another one, another target group, or clients who are turned away; undefined for nothing. */
export async function faultLeft({ lab, before, diagnosis }: Tried): Promise<string | undefined> {
  const { diagnoses, groups } = await auditLab(lab);
  const isHere = ({ cluster, namespace, service }: Pick<Diagnosis, 'cluster' | 'namespace' | 'service'>): boolean =>
    cluster === diagnosis.cluster && namespace === diagnosis.namespace && service === diagnosis.service;
  const same = diagnoses.find((each) => isHere(each) && each.cause === diagnosis.cause);
  if (same !== undefined) return `still ${same.verdict} ${same.cause}: ${same.evidence[0]?.saw ?? ''}`;
  const known = new Set(before.diagnoses.map(({ fingerprint }) => fingerprint));
  const added = diagnoses.find(
    ({ fingerprint, verdict }) =>
      !known.has(fingerprint) && (verdict === 'unhealthy' || verdict === 'unserved' || verdict === 'unexplained'),
  );
  if (added !== undefined)
    return `now ${added.verdict} ${added.cause} at ${added.service}: ${added.evidence[0]?.saw ?? ''}`;
  for (const group of groups) {
    const former = before.groups.find(({ targetGroupArn }) => targetGroupArn === group.targetGroupArn);
    if (former !== undefined && !isHere(group) && group.healthy < former.healthy) {
      return `${group.name} has ${group.healthy} healthy targets, ${former.healthy} before`;
    }
  }
  const own = groups.filter(isHere).map(({ targetGroupArn }) => targetGroupArn);
  const away = await turnedAway(lab.world, own.length > 0 ? own : [diagnosis.targetGroupArn ?? '']);
  const others = diagnoses.some(
    (each) => isHere(each) && (each.verdict === 'unhealthy' || each.verdict === 'unserved'),
  );
  // Where another fault is there too, its own fix lets clients through.
  return away.length === 0 || others ? undefined : `clients are turned away: ${away.slice(0, 3).join(', ')}`;
}
