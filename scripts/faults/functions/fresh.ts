let starts = 0;

/** A function of `lambda/` in a module of its own, as after a cold start. */
export async function fresh<Module>(name: string): Promise<Module> {
  starts += 1;
  // A whole address: a bundler takes a template that begins with a path for a pattern of files.
  const address = new URL(`../../../lambda/${name}.ts?start=${starts}`, import.meta.url).href;
  return (await import(address)) as Module;
}
