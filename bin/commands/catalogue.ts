import { UserError } from '../../config/user-error.ts';
import { catalogue } from '../../core/diagnosis/catalogue.ts';
import type { Check } from '../../core/diagnosis/check.ts';
import { renderCheckPage } from '../../core/render/pages/check-page.ts';
import { wrapPage } from '../../core/render/text/wrap-page.ts';
import { say, sayList } from '../say.ts';
import { type ListForm, sayStructured } from '../structured.ts';
import { suggest } from '../suggest.ts';
import { terminal } from '../terminal.ts';

/** Prints the page of one check. */
export const explain = (id: string): void =>
  say(wrapPage(renderCheckPage(checkNamed(id), catalogue).trimEnd(), terminal(process.stdout).width));

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
  sayList(catalogue.map(({ id, kind, title }) => [`${id.padEnd(longest)}  ${kind}`, title]));
}

const longest = Math.max(...catalogue.map(({ id }) => id.length));
