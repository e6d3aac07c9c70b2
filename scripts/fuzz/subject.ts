import fc from 'fast-check';

/** Something that reads what others wrote, and what it must do with every input. */
export interface Subject {
  id: string;
  /** Inputs that CI gives; fewer where each is a whole run. */
  inCi: number;
  property: fc.IAsyncPropertyWithHooks<[unknown]>;
  /** What the slowest input cost so far, in CPU milliseconds of the thread, and which one it was. */
  slowest: { cpuMs: number; input: string };
}

/** `act` throws where a promise is broken by an input. */
export function subject<Input>(
  { id, inCi = 1000 }: { id: string; inCi?: number },
  inputs: fc.Arbitrary<Input>,
  act: (input: Input) => void | Promise<void>,
): Subject {
  const slowest = { cpuMs: 0, input: '' };
  const property = fc.asyncProperty(inputs as fc.Arbitrary<unknown>, async (input) => {
    const began = process.threadCpuUsage();
    await act(input as Input);
    refuseInherited();
    const { user, system } = process.threadCpuUsage(began);
    const cpuMs = (user + system) / 1000;
    if (cpuMs > slowest.cpuMs) Object.assign(slowest, { cpuMs, input: fc.stringify(input).slice(0, 300) });
  });
  return { id, inCi, property, slowest };
}

const inherited = new Set(Reflect.ownKeys(Object.prototype));

/** Throws where an input changed what all objects inherit, after it is put right for the next one. */
function refuseInherited(): void {
  const added = Reflect.ownKeys(Object.prototype).filter((name) => !inherited.has(name));
  for (const name of added) Reflect.deleteProperty(Object.prototype, name);
  if (added.length > 0) throw new Error(`all objects inherit ${added.map(String).join(', ')}`);
}

/** Runs `act`; an error of a kind that a caller expects is an answer like any other. */
export function expecting(act: () => unknown, isExpected: (error: unknown) => boolean): void {
  try {
    act();
  } catch (error) {
    if (!isExpected(error)) throw error;
  }
}
