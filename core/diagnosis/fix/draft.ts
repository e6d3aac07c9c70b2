import type { Disturbance, Step } from '../../model/fix.ts';
import { commandOf } from './command-of.ts';
import { consequencesOf } from './consequences.ts';

/** A step as it reads before its values are filled in. */
export interface Draft {
  text: string;
  command?: string;
  danger?: string;
  verify?: string;
  disturbs?: string;
  undo?: string;
}

/** What a step says and runs: for a change also what it disturbs and how to take it back. */
export function draft(step: Step): Draft {
  const command = commandOf(step);
  const common = {
    text: step.text,
    ...(command !== undefined && { command }),
    ...(step.verify && { verify: step.verify }),
  };
  if (step.change === undefined) return { ...common, ...(step.danger && { danger: step.danger }) };
  const { disturbs, undo } = { ...consequencesOf(step.change), ...chosen(step) };
  const danger = [typeof disturbs === 'string' ? disturbs : '', step.danger ?? '']
    .filter((each) => each !== '')
    .join(' ');
  return {
    ...common,
    ...(danger !== '' && { danger }),
    ...(disturbs !== undefined && { disturbs: formatDisturbance(disturbs) }),
    ...(undo !== undefined && { undo }),
  };
}

const chosen = ({ disturbs, undo }: Step): Pick<Step, 'disturbs' | 'undo'> => ({
  ...(disturbs !== undefined && { disturbs }),
  ...(undo !== undefined && { undo }),
});

const formatDisturbance = (disturbs: Disturbance): string =>
  typeof disturbs === 'string' ? disturbs : `Nothing: ${disturbs.nothing}`;
