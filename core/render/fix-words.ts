import type { Fix } from '../model/fix.ts';

/** A word in front and what follows it. */
export interface Labelled {
  label: string;
  text: string;
}

/** What a reader should know before a step is run: what can go wrong, and what it disturbs where that is not said by it. */
export function cautionOf({ danger, disturbs }: Pick<Fix, 'danger' | 'disturbs'>): Labelled[] {
  const careful = danger === undefined ? [] : [{ label: 'Careful', text: danger }];
  if (disturbs === undefined || danger?.includes(disturbs)) return careful;
  return [{ label: 'What this disturbs', text: lowerFirst(disturbs) }, ...careful];
}

/** The lines to paste: what has to be run once, and the step itself. */
export const linesOf = ({ prepare, command }: Pick<Fix, 'prepare' | 'command'>): string[] =>
  [prepare, command].filter((line) => line !== undefined);

/** How a step is taken back, in words where no command does it; none for a step that only reads. */
export function undoOf({ undo }: Pick<Fix, 'undo'>): { words: string; command?: string }[] {
  if (undo === undefined) return [];
  const { text, command } = undo;
  const label = 'How to take it back:';
  return [command === undefined ? { words: `${label} ${lowerFirst(text)}` } : { words: label, command }];
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
