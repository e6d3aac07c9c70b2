import { placeOf } from '../diagnosis/diagnoses.ts';
import { type Diagnosis, isWrong } from '../model/diagnosis.ts';
import type { GroupSummary, Report } from '../model/report.ts';
import { coverageOf } from './coverage.ts';

/** One thing that differs between two reports, in one line. */
export interface Difference {
  kind: 'opened' | 'resolved' | 'health';
  text: string;
}

/** What happened between two reports: causes that came and went, and target groups with more or fewer healthy targets. */
export function changesSince(before: Report, now: Report): Difference[] {
  const were = byFingerprint(before);
  const are = byFingerprint(now);
  const opened = [...are].filter(([fingerprint]) => !were.has(fingerprint));
  const { isClear } = coverageOf(now);
  const resolved = [...were].filter(([fingerprint, diagnoses]) => !are.has(fingerprint) && diagnoses.every(isClear));
  return [
    ...opened.map(([, diagnoses]): Difference => ({ kind: 'opened', text: textOf(diagnoses) })),
    ...resolved.map(([, diagnoses]): Difference => ({ kind: 'resolved', text: textOf(diagnoses) })),
    ...healthChanges(before, now),
  ];
}

const byFingerprint = ({ diagnoses }: Report): Map<string, Diagnosis[]> =>
  Map.groupBy(diagnoses.filter(isWrong), ({ fingerprint }) => fingerprint);

const textOf = ([first]: Diagnosis[]): string =>
  first === undefined ? '' : `${placeOf(first)}: ${first.cause ?? 'unexplained'}`;

function healthChanges(before: Report, now: Report): Difference[] {
  const were = new Map(before.groups.map((group) => [group.targetGroupArn, group]));
  return now.groups.flatMap((group): Difference[] => {
    const was = were.get(group.targetGroupArn);
    if (!was?.read || !group.read || countOf(was) === countOf(group)) return [];
    const place = group.service === null ? group.name : `${group.cluster} ${group.namespace}/${group.service}`;
    return [{ kind: 'health', text: `${place}: ${countOf(was)} → ${countOf(group)} targets healthy` }];
  });
}

const countOf = ({ healthy, total }: GroupSummary): string => `${healthy} of ${total}`;
