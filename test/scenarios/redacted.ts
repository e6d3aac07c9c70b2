import { assess } from '../../core/diagnosis/assess.ts';
import type { Report } from '../../core/model/report.ts';
import { redactFile } from '../../io/reports/redact-file.ts';
import type { Audit } from './audit-world.ts';

/** What a report says without the words of its owner: verdicts, causes, how sure, and how many targets. */
export const causesOf = ({ diagnoses }: Report): string[] =>
  diagnoses
    .map(({ verdict, cause, confidence, mechanisms, coCauses, targets, groupHealth, evidence }) =>
      JSON.stringify({
        verdict,
        cause,
        confidence,
        mechanisms: mechanisms.toSorted(),
        coCauses: coCauses.toSorted(),
        targets: targets.length,
        groupHealth,
        evidence: evidence.length,
      }),
    )
    .toSorted();

/** The same of the facts after redaction. */
export function causesWhenRedacted({ run, inventory, facts }: Pick<Audit, 'run' | 'inventory' | 'facts'>): string[] {
  const redacted = redactFile({ schemaVersion: 1, run, inventory, facts }, 'a key of a test');
  return causesOf(assess(redacted).report);
}
