import type { Filling } from '../../model/check-result.ts';
import type { Facts } from '../../model/facts.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';

/** Where a change is to be made, and the values of its placeholders. */
export interface Scene {
  group: TargetGroupContext;
  facts: Facts;
  values: Record<string, Filling>;
}

/** Collects what was there under names of its own, so that it gets into a command like any other foreign value. */
export interface Former {
  values: Record<string, Filling>;
  /** Keeps a value and gives its placeholder. */
  keep(value: Filling): string;
}

/** Begins a collection. */
export function formerValues(): Former {
  const values: Record<string, Filling> = {};
  const keep = (value: Filling): string => {
    const name = `former${inLetters(Object.keys(values).length)}`;
    values[name] = value;
    return `{${name}}`;
  };
  return { values, keep };
}

/** A number as a placeholder may hold it. */
const inLetters = (number: number): string => [...String(number)].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');

/** A name in which placeholders are replaced by their values, to look it up. */
export const plainly = (template: string, values: Record<string, Filling>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
