import type { Template } from '../../model/fix.ts';
import { quoted } from './yaml.ts';

/** Arguments of one resource of Terraform; its label is the reader's. Objects become blocks. */
export const toHcl = (resource: string, fields: Record<string, Template>): string =>
  [`# in the resource ${resource}`, ...lines(fields, '')].join('\n');

const lines = (fields: Record<string, Template>, indent: string): string[] =>
  Object.entries(fields).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? [`${indent}${name} {`, ...lines(value, `${indent}  `), `${indent}}`]
      : [`${indent}${name} = ${expression(value)}`],
  );

function expression(value: Template): string {
  if (Array.isArray(value)) return `[${value.map(expression).join(', ')}]`;
  return typeof value === 'string' ? literal(value) : String(value);
}

/** Text in which nothing is a template: `$${` and `%%{` are these characters themselves (HCL native syntax, "Template Expressions"). */
const literal = (text: string): string => quoted(text).replace(/[$%](?=\{)/g, '$&$&');
