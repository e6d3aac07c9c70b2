/**
 * Measures how often the cause is named right and writes docs/accuracy.md; `--json` prints the figures.
 * `--seed <number>` draws other worlds, and leaves the page alone.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareText } from '../core/model/target-group-context.ts';
import type { Judgement } from './accuracy/judge.ts';

const processes = 4;
const compoundCount = 200;
const usualSeed = 20_261_122;
const { values: asked } = parseArgs({ options: { json: { type: 'boolean' }, seed: { type: 'string' } } });
const seed = Number(asked.seed ?? usualSeed);
const worker = fileURLToPath(new URL('./accuracy/worker.ts', import.meta.url));

interface Figures {
  worlds: number;
  right: number;
  wrong: number;
  missed: number;
  falseAlarms: number;
  unknown: number;
  /** Share of Services with something to say about which the right thing was said. */
  accuracy: number;
}

const single = await measure('single');
const compound = await measure('compound');
const figures = { single: figuresOf(single), compound: figuresOf(compound) };
if (seed === usualSeed) writeFileSync(fileURLToPath(new URL('../docs/accuracy.md', import.meta.url)), page());
console.log(asked.json ? JSON.stringify(figures, null, 2) : page());

interface Measured {
  worlds: number;
  judgements: Judgement[];
}

async function measure(kind: 'single' | 'compound'): Promise<Measured> {
  const parts = await Promise.all(
    Array.from({ length: processes }, async (_, index): Promise<Measured> => {
      const child = fork(worker, [kind, String(index), String(processes), String(compoundCount), String(seed)]);
      const judgements: Judgement[] = [];
      let worlds = 0;
      child.on('message', (message: Judgement[]) => {
        judgements.push(...message);
        worlds += 1;
      });
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error(`a ${kind} worker ended with code ${code}`);
      return { worlds, judgements };
    }),
  );
  return {
    worlds: parts.reduce((sum, { worlds }) => sum + worlds, 0),
    judgements: parts.flatMap(({ judgements }) => judgements).toSorted((a, b) => compareText(a.world, b.world)),
  };
}

function figuresOf({ worlds, judgements }: Measured): Figures {
  const count = (outcome: Judgement['outcome']): number => judgements.filter((each) => each.outcome === outcome).length;
  const [right, wrong, missed, unknown] = [count('right'), count('wrong'), count('missed'), count('unknown')];
  const asked = right + wrong + missed + unknown;
  return {
    worlds,
    right,
    wrong,
    missed,
    falseAlarms: count('false-alarm'),
    unknown,
    accuracy: asked === 0 ? 0 : right / asked,
  };
}

function page(): string {
  const row = (name: string, { worlds, right, wrong, missed, falseAlarms, unknown, accuracy }: Figures): string =>
    `| ${name} | ${worlds} | ${right} | ${wrong} | ${missed} | ${unknown} | ${falseAlarms} | ${(accuracy * 100).toFixed(1)} % |`;
  const failures = [...single.judgements, ...compound.judgements].filter(({ outcome }) => outcome !== 'right');
  return `# Accuracy

Written by \`npm run accuracy\`. Every world is built in the lab and audited over the wire like an account: real AWS and Kubernetes
protocols, real packets. A world has one fault, in each variant that makes a difference to it (instance and ip targets,
Cluster and Local, AWS Load Balancer Controller and cloud-provider-aws), or two or three faults drawn with the seed ${seed},
always beside healthy Services and noise. What is right follows from the faults that were put in and from the order of the
decision procedure, never from the checks. A Service counts as right when its primary cause is named and no cause is named that
does not act on it; one that no fault reaches counts only where it raises an alarm, and one that never got a target group has no
target to judge. Errors found here are investigated and fixed, so these figures are optimistic: \`npm run accuracy -- --seed <number>\`
draws worlds that nobody has looked at.

| worlds with | worlds | right | wrong | missed | unexplained | false alarms | accuracy |
| --- | --- | --- | --- | --- | --- | --- | --- |
${row('one fault', figures.single)}
${row('two or three faults', figures.compound)}

## What went wrong

${
  failures.length === 0
    ? 'Nothing.'
    : [
        '| world | Service | outcome | true | said |',
        '| --- | --- | --- | --- | --- |',
        ...failures.map(
          ({ world, service, outcome, expected, said }) =>
            `| ${world} | ${service} | ${outcome} | ${expected ?? 'nothing'} | ${said.join('; ') || 'nothing'} |`,
        ),
      ].join('\n')
}
`;
}
