import { afterChanges, compare } from '../../core/compare.ts';
import type { Diagnosis } from '../../core/diagnosis.ts';
import { type Message, messageOf } from '../../core/message.ts';
import { diagnosisOf, reportAt, reportOf } from './sample-report.ts';

/** The message about a finding that has just opened with these diagnoses. */
export const openedMessage = (...diagnoses: Diagnosis[]): Message => {
  const [change] = compare([], reportOf(diagnoses.length === 0 ? [diagnosisOf()] : diagnoses), '2026-11-20T12:00:09Z');
  if (change === undefined) throw new Error('nothing opened');
  return messageOf(change);
};

/** The message about the same finding an hour later, when it is over. */
export const resolvedMessage = (): Message => {
  const remembered = afterChanges([], compare([], reportOf([diagnosisOf()]), '2026-11-20T12:00:09Z'));
  const [change] = compare(remembered, reportAt('2026-11-20T13:00:09Z', []), '2026-11-20T13:00:09Z');
  if (change === undefined) throw new Error('nothing resolved');
  return messageOf(change);
};
