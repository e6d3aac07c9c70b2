import type { Measured, Sparkline } from '../model/metrics/measured.ts';
import { minute } from './minute.ts';

const mostSpells = 3;

/** What CloudWatch counted, a sentence each: since when, how often before, and what else stands out. */
export function formatMeasured({ since, sinceAtLeast, spells, notes }: Measured): string[] {
  return [
    ...(since === undefined
      ? []
      : [`unhealthy ${sinceAtLeast ? 'since before' : 'since'} ${minute(since)}, as CloudWatch counts`]),
    ...(spells.length === 0 ? [] : [formatSpells(spells, since !== undefined)]),
    ...notes,
  ];
}

function formatSpells(spells: Measured['spells'], isBefore: boolean): string {
  const shown = spells.slice(-mostSpells).map(({ from, to }) => `${clock(from)} to ${clock(to)}`);
  const left = spells.length - shown.length;
  const times = spells.length === 1 ? 'once' : `${spells.length} times`;
  return `unhealthy ${times} ${isBefore ? 'before that' : 'in the last hours'}: ${shown.join(', ')} UTC${left > 0 ? `, and ${left} times earlier` : ''}`;
}

/** `09:41`. */
const clock = (moment: string): string => moment.slice(11, 16);

const bars = [...'▁▂▃▄▅▆▇█'];

/** A row of bars, one for each value: the higher, the more targets were unhealthy; a dot where nothing is known. */
export function textSparkline({ unhealthy, total }: Sparkline): string {
  const most = Math.max(total, ...unhealthy.map((value) => value ?? 0), 1);
  return unhealthy
    .map((value) => (value === null ? '·' : (bars[Math.ceil((value / most) * (bars.length - 1))] ?? ' ')))
    .join('');
}

/** What the row shows, in words. */
export const formatSparkline = ({ from, minutes, unhealthy, total }: Sparkline): string => {
  const most = Math.max(0, ...unhealthy.map((value) => value ?? 0));
  const hours = Math.round((minutes * unhealthy.length) / 60);
  return `unhealthy targets in the ${hours} hours from ${minute(from)} on: at most ${most} at a time, ${total} are registered`;
};
