import type { Severity } from '../model/severity.ts';
import type { Check } from './check.ts';

/** Checks that are switched off or get another severity, by id. */
export type Grades = Readonly<Partial<Record<string, 'off' | Severity>>>;

/** The checks that are left, as they were graded; ids that nobody knows change nothing. */
export function gradedChecks(checks: readonly Check[], grades: Grades): Check[] {
  return checks
    .filter(({ id }) => grades[id] !== 'off')
    .map((check) => {
      const severity = grades[check.id];
      return severity === undefined || severity === 'off' ? check : { ...check, severity, hasGivenSeverity: true };
    });
}
