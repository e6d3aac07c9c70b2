import type { Filling } from '../../model/check-result.ts';
import type { Template } from '../../model/fix.ts';

const number = /^\{([a-zA-Z]+)#\}$/;
const placeholder = /\{([a-zA-Z]+)\}/g;

/** The template with values in its strings; undefined where one is not known. */
export function fillTemplate(template: Template, values: Record<string, Filling>): Template | undefined {
  if (typeof template === 'string') return fillString(template, values);
  if (typeof template !== 'object' || template === null) return template;
  if (Array.isArray(template)) return whole(template.map((each) => fillTemplate(each, values)));
  const entries = Object.entries(template).map(
    ([field, inner]) => [fillString(field, values), fillTemplate(inner, values)] as const,
  );
  return entries.some(([field, inner]) => field === undefined || inner === undefined)
    ? undefined
    : (Object.fromEntries(entries) as Template);
}

const whole = (list: (Template | undefined)[]): Template[] | undefined =>
  list.includes(undefined) ? undefined : (list as Template[]);

function fillString(text: string, values: Record<string, Filling>): Template | undefined {
  const bare = number.exec(text)?.[1];
  if (bare !== undefined) {
    const value = values[bare];
    return Array.isArray(value) ? undefined : value;
  }
  const names = [...text.matchAll(placeholder)].map(([, name = '']) => name);
  if (names.some((name) => values[name] === undefined)) return undefined;
  return text.replace(placeholder, (_, name: string) => [values[name] ?? ''].flat().join(' '));
}
