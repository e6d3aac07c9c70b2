import { wrap } from '../../core/render/text/wrap.ts';
import { exit } from '../exit.ts';
import { say } from '../say.ts';
import { terminal } from '../terminal.ts';
import type { ReportedPlace } from './placed-path.ts';

/** What became of the audit of one place. */
export interface Outcome extends ReportedPlace {
  /** `empty`: neither a cluster nor a target group is there; `elsewhere`: nothing of the name that was given; `failed`: nothing could be read. */
  kind: 'judged' | 'empty' | 'elsewhere' | 'failed';
  /** What came of it, in one line. */
  line: string;
  code: number;
}

const worstFirst = [exit.bug, exit.usage, exit.causesFound, exit.incomplete];

/**
 * The exit code of all places together: that of the worst. Places that are empty, or do not have what was named, count for nothing beside others; where no place was
 * read at all it is a matter of usage, and where there was nothing to judge anywhere, nothing is known to be well.
 */
export function worstCode(outcomes: Outcome[]): number {
  const codes = outcomes.map(({ code }) => code);
  const kinds = new Set(outcomes.map(({ kind }) => kind));
  if (!kinds.has('judged')) codes.push(kinds.has('empty') ? exit.incomplete : exit.usage);
  return worstFirst.find((code) => codes.includes(code)) ?? exit.nothingWrong;
}

/** Prints a line for each place, and one for all those where nothing is. */
export function sayInAll(outcomes: Outcome[]): void {
  const { width } = terminal(process.stdout);
  const places = outcomes.filter(({ kind }) => kind !== 'empty');
  const empty = outcomes.length - places.length;
  const named = places.map((place) => ({ name: placeName(place), line: place.line }));
  const column = Math.max(0, ...named.map(({ name }) => name.length));
  const lines = named.flatMap(({ name, line }) => {
    const row = `  ${name.padEnd(column)}  ${line}`;
    return row.length <= width ? [row] : [`  ${name}`, ...wrap(line, width - 4, '    ')];
  });
  const rest =
    empty === 0 ? [] : [`  ${empty} ${places.length === 0 ? '' : 'more '}without a cluster or a target group`];
  say(['\nIn all', ...lines, ...rest].join('\n'));
}

/** `111122223333 eu-west-1`. */
export const placeName = ({ account, region }: ReportedPlace): string => `${account} ${region}`.trim();
