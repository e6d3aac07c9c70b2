import { randomUUID } from 'node:crypto';

/** A function of `lambda/` in a module of its own, as after a cold start: nothing that an earlier invocation kept is there. */
export async function fresh<Module>(name: string): Promise<Module> {
  // A whole address: a bundler takes a template that begins with a path for a pattern of files.
  const address = new URL(`../../../lambda/${name}.ts?start=${randomUUID()}`, import.meta.url).href;
  return (await import(address)) as Module;
}
