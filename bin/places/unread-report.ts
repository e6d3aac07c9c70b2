import type { UserError } from '../../config/user-error.ts';
import type { Report } from '../../core/model/report.ts';
import { refusalOf } from '../../io/aws/refusal.ts';
import type { ReportedPlace } from './placed-path.ts';

const signingIn = 'sign in';

/** True for the report on a place in which nothing could be read. */
export const isUnread = ({ coverage }: Report): boolean => coverage.gaps.some(({ action }) => action === signingIn);

/** The report on a place in which nothing could be read: one gap that hides everything. */
export function unreadReport({ account, region }: ReportedPlace, error: UserError, startedAt: string): Report {
  const { reason = 'denied' } = refusalOf(error.cause, new AbortController().signal) ?? {};
  return {
    schemaVersion: 1,
    run: {
      id: startedAt,
      account,
      region,
      startedAt,
      finishedAt: new Date().toISOString(),
      complete: false,
      apiCalls: {},
      throttles: 0,
      waitedMs: 0,
    },
    coverage: {
      clusters: { seen: 0, audited: 0 },
      targetGroups: { seen: 0, read: 0 },
      targets: { seen: 0, probed: 0 },
      gaps: [
        {
          slice: 'clusters',
          scope: { kind: 'all' },
          reason,
          action: signingIn,
          message: error.message,
          remedy: 'Set right what the message names, and run again for this Region.',
        },
      ],
    },
    groups: [],
    diagnoses: [],
  };
}
