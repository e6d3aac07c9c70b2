import { type Diagnosis, isWrong } from '../../model/diagnosis.ts';
import type { GroupSummary, Report } from '../../model/report.ts';

/** How a target group looks on the page, the worst first. */
export const states = ['wrong', 'unread', 'risk', 'expected', 'well'] as const;
export type State = (typeof states)[number];

export const stateNames: Record<State, string> = {
  wrong: 'broken',
  unread: 'not read',
  risk: 'at risk',
  expected: 'as expected',
  well: 'healthy',
};

/** Signs beside the colours, for those who don't see them. */
export const marks: Record<State, string> = { wrong: '×', unread: '?', risk: '!', expected: '–', well: '' };

/** A target group with the diagnoses about it. */
export interface Judged {
  group: GroupSummary;
  diagnoses: Diagnosis[];
  state: State;
}

/** Every target group with its diagnoses and the state that follows from them. */
export function judgedGroups({ groups, diagnoses }: Report): Judged[] {
  const byGroup = Map.groupBy(diagnoses, ({ targetGroupArn }) => targetGroupArn);
  return groups.map((group) => {
    const here = byGroup.get(group.targetGroupArn) ?? [];
    return { group, diagnoses: here, state: stateOf(group, here) };
  });
}

function stateOf(group: GroupSummary, diagnoses: Diagnosis[]): State {
  if (diagnoses.some(isWrong) || group.served === 'unserved') return 'wrong';
  if (!group.read || group.served === 'unknown') return 'unread';
  const verdicts = new Set(diagnoses.map(({ verdict }) => verdict));
  if (verdicts.has('latent')) return 'risk';
  return verdicts.has('expected') ? 'expected' : 'well';
}

/** `namespace/service`, or the target group's name where no Service is known. */
export const groupName = ({ namespace, service, name }: GroupSummary): string =>
  service === null ? name : `${namespace}/${service}`;

/** Where a page says more about a target group: the id of an element; `null` = nowhere. */
export type AddressOf = (judged: Judged) => string | null;
