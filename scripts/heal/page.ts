import { type Outcome, shareOf } from './outcome.ts';
import type { Stored } from './stored.ts';

const words: Record<Outcome['result'], string> = {
  healed: 'healed and lasting',
  reverted: 'healed, not lasting',
  failed: 'not healed',
  elsewhere: 'not provable here',
};

/** The page about every fix that was run. */
export function fixesPage(stored: Stored): string {
  const outcomes = Object.entries(stored).flatMap(([scenario, own]) => own.map((each) => ({ scenario, ...each })));
  const silent = Object.keys(stored).filter((name) => stored[name]?.length === 0);
  const count = (result: Outcome['result']): number => outcomes.filter((each) => each.result === result).length;
  const rows = Object.entries(words).map(([result, name]) => `| ${name} | ${count(result as Outcome['result'])} |`);
  const lines = outcomes.map(
    ({ scenario, cause, step, result, why, withEarlier, withLater, times }) =>
      `| ${scenario} | ${cause} | ${step} | ${words[result]}${withEarlier ? ', after the steps before it' : ''}${withLater ? ', with the step after it' : ''}${times === undefined ? '' : `, printed and run ${times} times`} | ${cell(why ?? '')} |`,
  );
  return `# Fixes that were run

<!-- Written by \`npm run heal -- --write\`. -->

Each step of a fix that changes something was run as it is printed, in a shell, with the AWS CLI and kubectl, against the lab in
which the fault had struck. It counts as healed where the finding was gone afterwards, no other target was worse, clients got
an answer through the load balancer, the line "to verify" failed before and succeeded then (where it waits, ten minutes pass in the lab at
once; where the Service has another fault too, that is fixed as well), and all that was still so after every controller had looked at everything
again. Steps that take effect only together were run together.

| outcome | steps |
| --- | --- |
${rows.join('\n')}
| all | ${outcomes.length} |

Of the steps that can be proved here ${(100 * shareOf(outcomes)).toFixed(1)} % healed and lasted.

| scenario | cause | step | outcome | reason |
| --- | --- | --- | --- | --- |
${lines.join('\n')}

## Without a command that changes anything

What a person decides or repairs: ${silent.join(', ')}.
`;
}

/** Text in one cell as it is written: in a code span, so that nothing in it becomes a link or markup. */
const cell = (text: string): string => {
  const line = text
    .replace(/[\s`]+/g, ' ')
    .replaceAll('|', '\\|')
    .trim()
    .slice(0, 240);
  return line === '' ? '' : `\`${line}\``;
};
