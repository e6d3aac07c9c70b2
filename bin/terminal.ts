import type { WriteStream } from 'node:tty';
import type { TextOptions } from '../core/render/text/text-options.ts';

/** True where a line can be painted over: a terminal that knows how to move its cursor. */
export const isLive = (stream: Partial<WriteStream>): boolean =>
  stream.isTTY === true && process.env['TERM'] !== 'dumb';

/** How text looks best there: as wide as the terminal; without colour in a pipe (unless FORCE_COLOR=1) or with NO_COLOR. */
export function terminal(stream: Partial<WriteStream>): Pick<TextOptions, 'color' | 'width'> {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  return {
    color: !NO_COLOR && (isLive(stream) || FORCE_COLOR === '1'),
    width: Math.min(stream.columns ?? 120, 140),
  };
}
