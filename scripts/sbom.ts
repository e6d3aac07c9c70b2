/** Prints the CycloneDX list of the packages that are inside what is published; tools of the developers are none of it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { deliveredPackages } from './release/delivered-packages.ts';

interface Bom {
  metadata: { component: { 'bom-ref': string } };
  components: { 'bom-ref': string; name: string; version: string }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

const folders = await deliveredPackages();
const delivered = new Set(
  folders.map((folder) => {
    const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    return `${name}@${version}`;
  }),
);
const all: Bom = JSON.parse(
  execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], { encoding: 'utf8', maxBuffer: 2 ** 26 }),
);
const components = all.components.filter(({ name, version }) => delivered.has(`${name}@${version}`));
if (components.length < delivered.size) throw new Error('npm sbom does not list every package that is bundled');
const kept = new Set([all.metadata.component['bom-ref'], ...components.map((each) => each['bom-ref'])]);
const dependencies = all.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => kept.has(each)) }));
console.log(JSON.stringify({ ...all, components, dependencies }, null, 2));
