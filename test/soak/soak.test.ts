import { expect, test } from 'vitest';
import { random } from '../../scripts/accuracy/random.ts';
import { soak } from '../../scripts/soak/soak.ts';
import { readStates } from '../../scripts/soak/states.ts';
import { findingsTable } from '../io/store/findings-table.ts';

test('after a hundred disturbed runs memory is what an undisturbed oracle knows, and no message is lost', async () => {
  const states = await readStates(5, random(3));
  await using findings = await findingsTable();
  const tally = await soak({ findings, states, runs: 100, seed: 3 });
  expect(tally.lost).toEqual([]);
  expect(tally.wrong).toEqual([]);
  expect(tally.repeated).toBeGreaterThan(5);
  expect(tally.stalled).toBeGreaterThan(3);
  expect(tally.overlapping).toBeGreaterThan(3);
  expect(tally.messages).toBeGreaterThan(20);
});
