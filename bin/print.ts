import { writeFileSync } from 'node:fs';
import type { Report } from '../core/model/report.ts';
import { outputs } from '../core/render/outputs.ts';
import { renderText } from '../core/render/text/text.ts';
import type { TextOptions } from '../core/render/text/text-options.ts';
import { type Form, formOf } from './form.ts';
import { sayAside } from './say.ts';
import { terminal } from './terminal.ts';
import { notWritten } from './writable.ts';
import { renderYaml } from './yaml.ts';

export interface PrintOptions {
  output: Form;
  /** Files that get the report too, each in the form of its ending, or that of `output`. */
  out?: string[];
  verbose?: boolean;
  /** What standard output gets of the report, in place of a whole document. */
  shown?(report: Report): string;
}

/** Writes the report to the files asked for, and to standard output unless a file already has it in that form. */
export function print(report: Report, { output, out = [], verbose = false, shown }: PrintOptions): void {
  const files = out.map((path) => ({ path, form: formOf(path) ?? output }));
  const show = (): void => {
    process.stdout.write(shown?.(report) ?? render(report, output, { ...terminal(process.stdout), verbose }));
  };
  try {
    for (const { path, form } of files) write(path, render(report, form, { color: false, width: 120, verbose }));
  } catch (error) {
    // What was found is shown, even where it cannot be kept.
    show();
    throw error;
  }
  if (files.length > 0) sayAside(`report written to ${out.join(', ')}`);
  if (!files.some(({ form }) => form === output)) show();
}

/** The report in a form. */
export function render(report: Report, form: Form, options: TextOptions): string {
  if (form === 'text') return renderText(report, options);
  return form === 'yaml' ? renderYaml(report) : outputs[form](report);
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw notWritten(path, cause);
  }
}
