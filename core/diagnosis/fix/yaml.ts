import type { Template } from '../../model/fix.ts';

/** Words that YAML 1.1 reads as something else than text (yaml.org/type/bool, null). */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|~)$/i;

/** What every reader of YAML takes as text without quotes: no character of it has a meaning at any place. */
const plain = /^[A-Za-z_][A-Za-z0-9_./-]*$/;

/**
 * Plain JSON as block YAML. Text that is not a plain word stands in double quotes with everything but printable ASCII
 * escaped, so that it ends at its closing quote and on its line. `null` is a line that is to go.
 */
export const toYaml = (value: Template): string => block(value, '').join('\n');

function block(value: Template, indent: string): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => inItem(block(each, `${indent}  `), indent));
  if (typeof value !== 'object' || value === null) return [`${indent}${scalar(value)}`];
  return Object.entries(value).flatMap(([field, inner]) => {
    const key = scalar(field);
    if (inner === null) return [`${indent}# remove this line: ${key}`];
    if (typeof inner !== 'object' || isEmpty(inner)) return [`${indent}${key}: ${scalar(inner)}`];
    return [`${indent}${key}:`, ...block(inner, `${indent}  `)];
  });
}

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

/** The lines of an item of a list, the first with its dash. */
const inItem = ([first = '', ...rest]: string[], indent: string): string[] => [
  `${indent}- ${first.slice(indent.length + 2)}`,
  ...rest,
];

function scalar(value: Template): string {
  if (typeof value === 'string') return plain.test(value) && !reserved.test(value) ? value : quoted(value);
  return typeof value === 'object' && value !== null ? (Array.isArray(value) ? '[]' : '{}') : String(value);
}

/** Text in double quotes, as YAML and HCL both read it. */
export const quoted = (text: string): string =>
  `"${[...text].map((character) => (/^[\x20-\x7e]$/.test(character) ? escaped(character) : codePoint(character))).join('')}"`;

const escaped = (character: string): string => (character === '"' || character === '\\' ? `\\${character}` : character);

/** `\u` with four and `\U` with eight digits (YAML 1.2 section 5.7; HCL native syntax, "Template Expressions"). */
function codePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
