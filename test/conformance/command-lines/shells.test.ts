import { describe } from 'vitest';
import { expectCommandsToBeSafeIn } from '../../commands/shell-properties.ts';
import { findEngine } from '../engines/shells.ts';

const engine = findEngine();

describe.skipIf(!engine.found)('shells', () => {
  for (const shell of engine.found ? engine.shells : []) expectCommandsToBeSafeIn(shell, { numRuns: 1500, turns: 1 });
});
