import { UserError } from '../../config/user-error.ts';
import { catalogue } from '../../core/diagnosis/catalogue.ts';
import type { Check } from '../../core/diagnosis/check.ts';
import { renderCheckPage } from '../../core/render/pages/check-page.ts';
import { say } from '../say.ts';
import { type ListForm, sayStructured } from '../structured.ts';
import { suggest } from '../suggest.ts';

/** Prints the page of one check. */
export const explain = (id: string): void => say(renderCheckPage(checkNamed(id), catalogue).trimEnd());
/** The check with this id; throws a UserError where there is none. */
export function checkNamed(id: string): Check {
  const check = catalogue.find((each) => each.id === id);
  if (check === undefined) throw noCheck(id);
  return check;
}

/** The sentence about an id that the catalogue does not have, with the nearest one. */
export const noCheck = (id: string): UserError =>
  new UserError(
    `there is no check "${id}".${suggest(
      id,
      catalogue.map((each) => each.id),
    )} \`nlb-auditor checks\` lists them all.`,
  );

/** Prints a line on every check, or all of their metadata. */
export function checks({ output }: { output: ListForm }): void {
  if (output !== 'text') {
    sayStructured(catalogue, output);
    return;
  }
  const width = Math.max(...catalogue.map(({ id }) => id.length));
  const columns = process.stdout.columns ?? Number.POSITIVE_INFINITY;
  for (const { id, kind, title } of catalogue) {
    const line = `${id.padEnd(width)}  ${kind.padEnd(9)}  ${title}`;
    say(line.length > columns ? `${line.slice(0, columns - 1)}…` : line);
  }
}
