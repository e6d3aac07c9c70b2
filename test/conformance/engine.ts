/**
 * An engine that is not ours, as `findEngine` of `engines/<name>.ts` finds it on this machine. Tests that use it stand in
 * an outermost `describe` of the same name.
 */
export type Engine<Details extends object = object> =
  | ({ found: true; version: string } & Details)
  | { found: false; why: string; remedy: string };
