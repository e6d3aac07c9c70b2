import { catalogue } from '../../core/diagnosis/catalogue.ts';
import { draft } from '../../core/diagnosis/fix/draft.ts';
import { fill } from '../../core/diagnosis/fix/remediation.ts';
import { nextSteps } from '../../core/diagnosis/unexplained/next-evidence.ts';
import type { Fix, Step } from '../../core/model/fix.ts';
import { hostileValues } from './hostile-values.ts';

const placeholder = /\{([a-zA-Z]+)\}/g;

const steps = [...catalogue.map(({ fix }) => fix), nextSteps()];

/** Steps with this value in every place. */
const filledWith =
  (value: string) =>
  (own: Step[]): Fix[] =>
    own.map((step) => {
      const { text, command, danger, verify } = draft(step);
      const names = [text, command, danger, verify].flatMap((part = '') =>
        [...part.matchAll(placeholder)].map(([, name = '']) => name),
      );
      return fill(step, Object.fromEntries(names.map((name) => [name, value])));
    });

/** Every step of the catalogue with this value in every place. */
export const fixesWith = (value: string): Fix[][] => steps.map(filledWith(value));

/** The commands of steps, without repetition. */
export const commandsOf = (fixes: Fix[][]): string[] => [
  ...new Set(fixes.flat().flatMap(({ command, verify }) => [command, verify].filter((each) => each !== undefined))),
];

/** Steps of the catalogue with hostile values; each value meets one check in `turns`, from value to value another one. */
export const hostileFixes = (turns: number): { value: string; fix: Fix[] }[] =>
  hostileValues.flatMap((value, turn) =>
    steps
      .filter((_, index) => index % turns === turn % turns)
      .map(filledWith(value))
      .map((fix) => ({ value, fix })),
  );
