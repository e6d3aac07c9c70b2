import { afterAll, expect, test, vi } from 'vitest';
import { nameOfCall } from '../../scripts/faults/calls.ts';
import type { Case } from '../../scripts/faults/matrix.ts';
import { openTheater } from '../../scripts/faults/theater.ts';

/** Tests cases of the matrix on a stage of its own. */
export function testCases(cases: Case[]): void {
  const theater = openTheater(20_000);
  afterAll(() => theater.close());
  afterAll(() => void vi.unstubAllEnvs());

  test.each(cases.map((tested) => [nameOfCall(tested.call), tested.fault.id, tested] as const))(
    '%s survives %s',
    async (_call, _fault, tested) => {
      const stage = await theater.stageFor(tested.call);
      for (const [name, value] of Object.entries(stage.env)) vi.stubEnv(name, value);
      expect((await stage.run(tested)).violations).toEqual([]);
    },
  );
}
