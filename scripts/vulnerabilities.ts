/** Fails where a package that is inside what is published has a known vulnerability of high or critical severity. */
import { spawnSync } from 'node:child_process';
import { deliveredPackages } from './release/delivered-packages.ts';

interface Audited {
  vulnerabilities: Record<string, { severity: string; nodes: string[]; range: string }>;
}

const delivered = new Set(await deliveredPackages());
const { stdout, stderr } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8', maxBuffer: 2 ** 26 });
const { vulnerabilities }: Partial<Audited> = JSON.parse(stdout || '{}');
if (vulnerabilities === undefined) throw new Error(`npm audit gave no answer: ${stderr || stdout}`);
for (const [name, { severity, nodes, range }] of Object.entries(vulnerabilities)) {
  if (!/^(high|critical)$/.test(severity) || !nodes.some((node) => delivered.has(node))) continue;
  console.error(`${name} ${range}: ${severity}; npm audit tells more`);
  process.exitCode = 1;
}
console.log(`${delivered.size} packages are inside what is published`);
