import { existsSync } from 'node:fs';
import { actionlint, builtAt } from '../../../scripts/conformance/go-builds.ts';
import type { Engine } from '../engine.ts';

/** The linter that knows the contexts, runners and inputs of GitHub's workflows. */
export function findEngine(): Engine<{ program: string }> {
  const program = builtAt(actionlint);
  if (existsSync(program)) return { found: true, version: actionlint.version, program };
  const remedy = 'Install Go and run node scripts/conformance/build-go.ts actionlint';
  return { found: false, why: 'it is not built', remedy };
}
