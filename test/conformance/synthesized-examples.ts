import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Milliseconds that the examples may take on a slow machine. */
export const patienceMs = 400_000;

/** The stacks of every file in `examples/`, as `cdk synth` writes them. */
export interface SynthesizedExamples {
  /** Paths, by `<example> <region>`. */
  templates: Record<string, string>;
  remove(): void;
}

/** Synthesizes every example; throws what the CDK or cdk-nag has to say against one. */
export async function synthesizeExamples(): Promise<SynthesizedExamples> {
  const folder = mkdtempSync(join(tmpdir(), 'examples-'));
  const templates: Record<string, string> = {};
  for (const file of readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.json'))) {
    const out = join(folder, file);
    const args = ['cdk', 'synth', '--quiet', '-c', `config=${join(root, 'examples', file)}`, '-o', out];
    // One after the other: each uses all cores.
    await promisify(execFile)('npx', args, { cwd: root, maxBuffer: 2 ** 26 });
    for (const name of readdirSync(out).filter((each) => each.endsWith('.template.json'))) {
      const region = /[a-z]+-[a-z]+-\d(?=\.template\.json$)/.exec(name)?.[0];
      templates[`${file.replace('.json', '')} ${region}`] = join(out, name);
    }
  }
  return { templates, remove: () => rmSync(folder, { recursive: true }) };
}
