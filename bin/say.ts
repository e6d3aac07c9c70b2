import { inertText } from '../core/redaction/inert-text.ts';
import { jsonText } from '../core/render/machine/json-text.ts';

/** Prints lines that no renderer made. Names and messages of others are in them, so that nothing in them may steer a terminal. */
export const say = (text: string): void => {
  process.stdout.write(`${inertText(text)}\n`);
};

/** The same on standard error. */
export const sayAside = (text: string): void => {
  process.stderr.write(`${inertText(text)}\n`);
};

/** Prints a value for a machine; what could steer a terminal is escaped, so that no value is lost. */
export const sayJson = (value: unknown): void => {
  process.stdout.write(`${jsonText(value, 2)}\n`);
};
