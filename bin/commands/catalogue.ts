import { UserError } from '../../config/user-error.ts';
import { catalogue } from '../../core/diagnosis/catalogue.ts';
import type { Check } from '../../core/diagnosis/check.ts';
import { renderCheckPage } from '../../core/render/pages/check-page.ts';
import { say, sayJson } from '../say.ts';

/** Prints the page of one check. */
export const explain = (id: string): void => say(renderCheckPage(checkNamed(id), catalogue).trimEnd());

/** The check of this id; throws a UserError where there is none. */
export function checkNamed(id: string): Check {
  const check = catalogue.find((each) => each.id === id);
  if (check !== undefined) return check;
  const near = catalogue.filter((each) => each.id.includes(id) || id.includes(each.id)).map((each) => each.id);
  throw new UserError(
    `there is no check "${id}"; ${near.length > 0 ? `did you mean ${near.join(' or ')}?` : '`nlb-auditor checks` lists them all.'}`,
  );
}

/** Prints a line on every check, or all of their metadata as JSON. */
export function checks({ output }: { output: 'text' | 'json' }): void {
  if (output === 'json') {
    sayJson(catalogue);
    return;
  }
  const width = Math.max(...catalogue.map(({ id }) => id.length));
  const columns = process.stdout.columns ?? Number.POSITIVE_INFINITY;
  for (const { id, kind, title } of catalogue) {
    const line = `${id.padEnd(width)}  ${kind.padEnd(9)}  ${title}`;
    say(line.length > columns ? `${line.slice(0, columns - 1)}…` : line);
  }
}
