import type { Diagnosis } from '../model/diagnosis.ts';

/** How many targets are healthy: `2 of 3 targets healthy`, or that there are none. */
export const formatHealth = ({ healthy, total }: Diagnosis['groupHealth']): string =>
  total === 0 ? 'no targets' : `${healthy} of ${total} targets healthy`;
