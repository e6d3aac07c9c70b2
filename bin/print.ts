import { renderJson } from '../core/render/json.ts';
import { renderText } from '../core/render/text.ts';
import type { Report } from '../core/report.ts';

export interface PrintOptions {
  output: 'text' | 'json';
  verbose: boolean;
}

/** Writes the report to standard output: as wide as the terminal, without colour in a pipe (unless FORCE_COLOR=1) or with NO_COLOR. */
export function print(report: Report, { output, verbose }: PrintOptions): void {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const color = !NO_COLOR && (process.stdout.isTTY === true || FORCE_COLOR === '1');
  const width = Math.min(process.stdout.columns ?? 120, 140);
  process.stdout.write(output === 'json' ? renderJson(report) : renderText(report, { color, width, verbose }));
}
