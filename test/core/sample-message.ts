import { afterChanges, compare } from '../../core/lifecycle/reconcile-findings.ts';
import { nothingOmitted } from '../../core/lifecycle/truncate.ts';
import type { Diagnosis } from '../../core/model/diagnosis.ts';
import { type Message, messageOf } from '../../core/notification/message.ts';
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

/** A digest with one open incident. */
export const summaryMessage = (): Message => ({
  key: '111122223333/eu-west-1/summary#1#4',
  fingerprint: '111122223333/eu-west-1/summary',
  transition: 'summary',
  at: '2026-11-21T12:00:09Z',
  openedAt: '2026-11-21T12:00:09Z',
  diagnoses: [],
  omitted: nothingOmitted,
  summary: {
    kind: 'digest',
    lines: [
      {
        key: '111122223333/eu-west-1/prod/pod-crashloop',
        severity: 'high',
        title: 'Containers of the pods behind the Service crash again and again',
        cluster: 'prod',
        services: ['shop/web'],
        moreServices: 0,
        openedAt: '2026-11-20T12:00:09Z',
      },
    ],
    more: 0,
    open: 1,
    openBefore: 3,
    opened: 1,
    resolved: 3,
    offenders: [{ key: '111122223333/eu-west-1/prod/pod-crashloop', episodes: 4 }],
    muted: 0,
  },
});
