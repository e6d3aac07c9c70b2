import fc from 'fast-check';

/** Something that reads what others wrote, and what it must do with every input. */
export interface Subject {
  id: string;
  /** Inputs that CI gives; fewer where each is a whole run. */
  inCi: number;
  property: fc.IAsyncPropertyWithHooks<[unknown]>;
  /** How long the slowest input took so far, in milliseconds, and which one it was. */
  slowest: { ms: number; input: string };
}

/** `act` throws where a promise is broken by an input. */
export function subject<Input>(
  { id, inCi = 1000 }: { id: string; inCi?: number },
  inputs: fc.Arbitrary<Input>,
  act: (input: Input) => void | Promise<void>,
): Subject {
  const slowest = { ms: 0, input: '' };
  const property = fc.asyncProperty(inputs as fc.Arbitrary<unknown>, async (input) => {
    const began = performance.now();
    await act(input as Input);
    const ms = performance.now() - began;
    if (ms > slowest.ms) Object.assign(slowest, { ms, input: fc.stringify(input).slice(0, 300) });
  });
  return { id, inCi, property, slowest };
}

/** Runs `act`; an error of a kind that a caller expects is an answer like any other. */
export function expecting(act: () => unknown, isExpected: (error: unknown) => boolean): void {
  try {
    act();
  } catch (error) {
    if (!isExpected(error)) throw error;
  }
}
