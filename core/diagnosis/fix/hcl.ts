import type { Template } from '../../model/fix.ts';
import { quoted } from './yaml.ts';

/** Arguments of one resource of Terraform; its label is the reader's. Objects become blocks, but `tags`, which is a map. */
export const toHcl = (resource: string, fields: Record<string, Template>): string =>
  [`# in the resource ${resource}`, ...lines(fields, '')].join('\n');

const lines = (fields: Record<string, Template>, indent: string): string[] =>
  Object.entries(fields).flatMap(([name, value]) => {
    if (value === null) return [`${indent}# remove this line: ${name}`];
    return typeof value === 'object' && !Array.isArray(value)
      ? [
          `${indent}${name} ${name === 'tags' ? '= ' : ''}{`,
          ...lines(name === 'tags' ? quotedKeys(value) : value, `${indent}  `),
          `${indent}}`,
        ]
      : [`${indent}${name} = ${expression(value)}`];
  });

/** Keys of a map may hold any character. */
const quotedKeys = (map: Record<string, Template>): Record<string, Template> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [literal(key), value]));

function expression(value: Template): string {
  if (Array.isArray(value)) return `[${value.map(expression).join(', ')}]`;
  return typeof value === 'string' ? literal(value) : String(value);
}

/** Text in which nothing is a template: `$${` and `%%{` are these characters themselves (HCL native syntax, "Template Expressions"). */
const literal = (text: string): string => quoted(text).replace(/[$%](?=\{)/g, '$&$&');
