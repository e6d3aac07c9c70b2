import type { ChangeEntry, Changes } from '../model/changes/changes.ts';
import { minute } from './minute.ts';

const mostLines = 8;

/** What changed around the start, a line each, that which fits marked; `most` lines, those that fit among them. */
export function formatChanges({ entries, notes }: Changes, most = mostLines): string[] {
  const others = entries.filter(({ fits }) => fits !== true);
  const kept = new Set(others.slice(-Math.max(0, most - (entries.length - others.length))));
  const shown = entries.filter((entry) => entry.fits === true || kept.has(entry));
  const left = entries.length - shown.length;
  return [
    ...(entries.length === 0 ? ['no change found around the start'] : []),
    ...shown.map(formatChange),
    ...(left > 0 ? [`and ${left} more`] : []),
    ...notes,
  ];
}

/** `2026-11-20 11:11 UTC, 2 minutes before: alice (console) RevokeSecurityGroupIngress sg-0abc: removed tcp 80 from sg-0def. This fits the cause.` */
export function formatChange({ at, minutes, actor, tool, action, object, detail, fits }: ChangeEntry): string {
  const who = actor === null ? (tool ?? '') : `${actor}${tool === null ? '' : ` (${tool})`}`;
  const what = [who, action, object].filter((each) => each !== '').join(' ');
  return `${minute(at)}${relative(minutes)}: ${what}${detail === undefined ? '' : `: ${detail}`}${fits ? '. This fits the cause' : ''}`;
}

function relative(minutes: number | undefined): string {
  if (minutes === undefined) return '';
  if (minutes === 0) return ', at the start';
  const count = Math.abs(minutes);
  const [amount, unit] = count < 120 ? [count, 'minute'] : [Math.round(count / 60), 'hour'];
  return `, ${amount} ${unit}${amount === 1 ? '' : 's'} ${minutes < 0 ? 'before' : 'after'} the start`;
}
