let starts = 0;

/** A function of `lambda/` in a module of its own, as after a cold start. */
export async function fresh<Module>(name: string): Promise<Module> {
  starts += 1;
  return (await import(`../../../lambda/${name}.ts?start=${starts}`)) as Module;
}
