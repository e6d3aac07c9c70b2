import { forFindings } from '../../../core/history/for-findings.ts';
import { noPast } from '../../../io/history/with-past.ts';
import type { Row } from '../row.ts';
import { auditsOf, brokenAccount } from './past.ts';

/** Look-ups that an account has a second (LookupEvents). */
const lookUpsPerSecond = 2;

/** What `changes` adds to an audit, in calls and time; LookupEvents is free. */
export const changes: Row = {
  id: 'changes',
  what: 'audit of 10 target groups of one cluster, one of them broken, and of 100 of 10 clusters, 10 broken, with and without changes from CloudTrail',
  goal: 'not one call more with `off`',
  async measure() {
    const lines: Record<string, string | number>[] = [];
    for (const clusters of [1, 10]) {
      const runs = await auditsOf(
        brokenAccount(clusters),
        forFindings.map((wanted) => ({ ...noPast, changes: wanted })),
      );
      for (const { wanted, received, calls, totalMs, cpuMs } of runs) {
        const lookUps = received.filter(({ service }) => service === 'cloudtrail');
        const byName = lookUps.filter(({ parameters }) => JSON.stringify(parameters).includes('EventName')).length;
        lines.push({
          'target groups': clusters * 10,
          broken: clusters,
          changes: wanted.changes,
          'calls in all': calls,
          'look-ups by name of the call': byName,
          'look-ups by resource': lookUps.length - byName,
          'seconds that they wait': lookUps.length / lookUpsPerSecond,
          totalMs,
          cpuMs,
          'USD a month': '0.00',
        });
      }
    }
    const lookUpsOf = (line: (typeof lines)[number] | undefined): number =>
      Number(line?.['look-ups by name of the call']) + Number(line?.['look-ups by resource']);
    const [offOne, one, offTen, ten] = lines;
    return {
      result: `off: ${lookUpsOf(offOne) + lookUpsOf(offTen)} calls; one broken: ${lookUpsOf(one)} calls, ${one?.['seconds that they wait']} s; ten broken: ${lookUpsOf(ten)} calls, ${ten?.['seconds that they wait']} s; free of charge`,
      met: lookUpsOf(offOne) + lookUpsOf(offTen) === 0,
      tables: [{ title: 'One audit each', lines }],
      notes: ['The lab answers at once and the audit still keeps to two look-ups a second, as in an account.'],
    };
  },
};
