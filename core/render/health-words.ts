import type { Diagnosis } from '../model/diagnosis.ts';
import type { GroupSummary } from '../model/report.ts';
import { formatNumber } from './number.ts';

/** How many targets are healthy: `2 of 3 targets healthy`, or that there are none. */
export const formatHealth = ({ healthy, total }: Diagnosis['groupHealth']): string =>
  total === 0 ? 'no targets' : `${healthy} of ${total} targets healthy`;

/** The same of a target group in a list, `2 of 3`. */
export const healthInList = ({ healthy, total, missing }: GroupSummary): string =>
  missing === true ? 'missing' : total === 0 ? 'no targets' : `${formatNumber(healthy)} of ${formatNumber(total)}`;
