import type { WriteStream } from 'node:tty';
import type { TextOptions } from '../core/render/text/text-options.ts';

/** True where a line can be painted over: a terminal that knows how to move its cursor. */
export const isLive = (stream: Partial<WriteStream>): boolean =>
  stream.isTTY === true && process.env['TERM'] !== 'dumb';

/** Columns of the terminal, or in a pipe those that COLUMNS gives; undefined where neither says. */
export function columnsOf(stream: Partial<WriteStream>): number | undefined {
  const given = Number(process.env['COLUMNS']);
  return stream.columns ?? (Number.isInteger(given) && given >= fewestColumns ? given : undefined);
}

/** What a line of text needs: fewer are a slip of the pen. */
const fewestColumns = 20;

/** How text looks best there: as wide as the terminal, or as COLUMNS says; without colour in a pipe (unless FORCE_COLOR=1) or with NO_COLOR. */
export function terminal(stream: Partial<WriteStream>): Pick<TextOptions, 'color' | 'width'> {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  return {
    color: !NO_COLOR && (isLive(stream) || FORCE_COLOR === '1'),
    width: Math.min(columnsOf(stream) ?? 120, 140),
  };
}
