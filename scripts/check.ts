/** Everything that can be checked without running the product, cheap first; each failure names the command that fixes it. */
import { spawnSync } from 'node:child_process';

const steps = [
  { name: 'format and lint', command: 'biome check --error-on-warnings .', fix: 'npm run format' },
  { name: 'rooms: which file may import which', command: 'node scripts/rooms.ts', fix: 'see scripts/rooms/rules.ts' },
  {
    name: 'words that users read',
    command: 'node scripts/words.ts',
    fix: 'edit the sentences above; scripts/words/banned.ts lists the words',
  },
  { name: 'types of core, without Node.js', command: 'tsc --noEmit -p core', fix: 'fix the lines above' },
  { name: 'types', command: 'tsc --noEmit', fix: 'fix the lines above' },
  {
    name: 'types of test/conformance',
    command: 'node scripts/conformance/types.ts',
    fix: 'fix the lines above; its packages need the registry once',
  },
  { name: 'generated pages', command: 'node scripts/docs.ts --check', fix: 'npm run docs' },
  {
    name: 'sizes of the functions',
    command: 'node scripts/bundle-sizes.ts',
    fix: 'find what came in, or raise its limit in scripts/bundle.ts',
  },
  { name: 'synthesis', command: 'cdk synth --quiet', fix: 'fix the stack or auditor.config.json' },
];

for (const { name, command, fix } of steps) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(command, { shell: true, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? '✓' : '✗'} ${name}  ${seconds} s`);
  if (status === 0) continue;
  console.error(stdout + stderr);
  console.error(`${command} failed: ${fix}`);
  process.exit(1);
}
