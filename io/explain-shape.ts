import type * as z from 'zod';

/** Where a value differs from its shape, in words and without what is there: `run.id: nothing is there where a text belongs`. */
export const explainShape = ({ issues: [issue] }: Pick<z.ZodError, 'issues'>): string =>
  issue === undefined ? '' : `${issue.path.join('.') || 'the whole'}: ${inWords(issue)}`;

function inWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    const [, found = 'undefined'] = /received (\w+)$/.exec(issue.message) ?? [];
    return `${kinds[found] ?? found} is there where ${kinds[issue.expected] ?? issue.expected} belongs`;
  }
  if (issue.code === 'invalid_value') return `${issue.values.map(String).join(' or ')} belongs there`;
  if (issue.code === 'invalid_format' && issue.format === 'datetime') return 'is no time of RFC 3339';
  return issue.message;
}

const kinds: Record<string, string> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
  undefined: 'nothing',
};
