import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The stacks of every file in `examples/`, as `cdk synth` writes them. */
export interface SynthesizedExamples {
  /** Paths, by `<example> <region>`. */
  templates: Record<string, string>;
  remove(): void;
}

/** Synthesizes every example; throws what the CDK or cdk-nag has to say against one. */
export function synthesizeExamples(): SynthesizedExamples {
  const folder = mkdtempSync(join(tmpdir(), 'examples-'));
  const templates: Record<string, string> = {};
  for (const file of readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.json'))) {
    const out = join(folder, file);
    const args = ['cdk', 'synth', '--quiet', '-c', `config=${join(root, 'examples', file)}`, '-o', out];
    const { status, stdout, stderr } = spawnSync('npx', args, { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${file}\n${stdout}${stderr}`);
    for (const name of readdirSync(out).filter((each) => each.endsWith('.template.json'))) {
      const region = /[a-z]+-[a-z]+-\d(?=\.template\.json$)/.exec(name)?.[0];
      templates[`${file.replace('.json', '')} ${region}`] = join(out, name);
    }
  }
  return { templates, remove: () => rmSync(folder, { recursive: true }) };
}
