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

/** One form of a step: what it is, and the lines to write or to paste. */
export interface FixForm {
  /** Empty for a command that stands alone. */
  title: string;
  lines: string[];
  kind: 'manifest' | 'command';
}

/**
 * The forms of a step, the one for its owner first: where something writes the object again and again, a command only lasts until
 * it does. Without such an owner the command comes first, and the manifest keeps it.
 */
export function formsOf({ prepare, command, manifest }: Pick<Fix, 'prepare' | 'command' | 'manifest'>): FixForm[] {
  const lines = [prepare, command].filter((line) => line !== undefined);
  if (manifest === undefined) return lines.length === 0 ? [] : [{ title: '', lines, kind: 'command' }];
  const { owner, where, undoneBy, text } = manifest;
  const title = owner === undefined ? `To keep it, in ${where}:` : ownersTitle(owner, where, undoneBy);
  const kept: FixForm = { title, lines: [text], kind: 'manifest' };
  if (lines.length === 0) return [kept];
  if (owner === undefined) return [{ title: '', lines, kind: 'command' }, kept];
  const until = undoneBy === undefined ? '' : `, until ${undoneBy}`;
  return [kept, { title: `To stop the bleeding${until}:`, lines, kind: 'command' }];
}

/** What nothing undoes is not held by the owner of the object so far. */
const ownersTitle = (owner: string, where: string, undoneBy: string | undefined): string =>
  undoneBy === undefined
    ? `${owner} writes the object, but not this part of it so far. Add it in ${where}:`
    : `${owner} writes this. Change it in ${where}:`;

/** The same where there is room for one form only: the manifest stands where something would undo the command. */
export const shortFormsOf = (step: Parameters<typeof formsOf>[0]): FixForm[] =>
  formsOf(step).filter(({ kind }) => kind === 'command' || step.manifest?.owner !== undefined);

/** How a step is taken back, in words where no command does it; none for a step that only reads. */
export function undoOf({ undo }: Pick<Fix, 'undo'>): { words: string; command?: string }[] {
  if (undo === undefined) return [];
  const { text, command } = undo;
  const label = 'How to take it back:';
  return [command === undefined ? { words: `${label} ${lowerFirst(text)}` } : { words: label, command }];
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
