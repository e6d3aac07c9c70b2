import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { bundleCommandLine } from '../../scripts/command-line.ts';

const folder = fileURLToPath(new URL('../../node_modules/.cache/nlb-auditor', import.meta.url));

/** The command line as the package has it: to start it costs half of what its sources cost, and tests start it again and again. */
export const program = `${folder}/nlb-auditor.js`;

/** Bundles it from the sources of now, before the first test and before each repetition. */
export default async function prepare(project: TestProject): Promise<void> {
  const bundle = async (): Promise<void> => void (await bundleCommandLine(folder));
  await bundle();
  project.onTestsRerun(bundle);
}
