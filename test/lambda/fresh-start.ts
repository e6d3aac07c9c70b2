let starts = 0;

/**
 * The module of a function as a new environment of Lambda has it, with nothing that an earlier invocation kept; what it
 * imports keeps nothing.
 */
export const freshStart = <Module>(name: 'interactions' | 'notifier'): Promise<Module> =>
  import(/* @vite-ignore */ `${new URL(`../../lambda/${name}.ts`, import.meta.url).pathname}?start=${(starts += 1)}`);
