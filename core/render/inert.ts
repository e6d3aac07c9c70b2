import { inertText } from '../redaction/inert-text.ts';

/** Fields that may have several lines; of a manifest its text. */
const multiline = new Set(['command', 'verify', 'prepare', 'manifest.text']);

/**
 * A report, a message or a part of one in which every string is inert and, but for commands, one line. Every renderer takes
 * its input through this, so that no field of it needs a thought of its own.
 */
export const inert = <Part>(part: Part): Part => walk(part, '') as Part;

function walk(value: unknown, key: string): unknown {
  if (typeof value === 'string') {
    const text = inertText(value);
    return multiline.has(key) ? text : text.replace(/[\t\n]+/g, ' ');
  }
  if (Array.isArray(value)) return value.map((each) => walk(each, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, walk(inner, key === 'manifest' ? `${key}.${name}` : name)]),
  );
}
