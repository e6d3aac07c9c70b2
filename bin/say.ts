import { inertText } from '../core/redaction/inert-text.ts';
import { jsonText } from '../core/render/machine/json-text.ts';
import { wrap } from '../core/render/text/wrap.ts';
import { columnsOf } from './terminal.ts';

/** Prints lines that no renderer made. Names and messages of others are in them, so that nothing in them may steer a terminal. */
export const say = (text: string): void => {
  process.stdout.write(`${inertText(text)}\n`);
};

/** Prints names and what each of them is, in two columns or, where a line has no room for that, below each other. */
export function sayList(rows: readonly (readonly [name: string, what: string])[]): void {
  const columns = columnsOf(process.stdout) ?? Number.POSITIVE_INFINITY;
  const width = Math.max(...rows.map(([name]) => name.length));
  const isNarrow = columns - width - 2 < leastText;
  const indent = ' '.repeat(isNarrow ? 2 : width + 2);
  for (const [name, what] of rows) {
    const [first = '', ...rest] = wrap(what, columns - indent.length, indent);
    say([...(isNarrow ? [name, first] : [name.padEnd(width) + first.slice(width)]), ...rest].join('\n'));
  }
}

/** Columns that a text has beside its name at least. */
const leastText = 40;

/** The same on standard error. */
export const sayAside = (text: string): void => {
  process.stderr.write(`${inertText(text)}\n`);
};

/** Prints a value for a machine; what could steer a terminal is escaped, so that no value is lost. */
export const sayJson = (value: unknown): void => {
  process.stdout.write(`${jsonText(value, 2)}\n`);
};
