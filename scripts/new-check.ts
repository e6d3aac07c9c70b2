/** Scaffolds a check: `npm run new-check -- <id> <stage>` writes its file, test and scenario and lists it in the catalogue. */
import { globSync, writeFileSync } from 'node:fs';
import { stages } from '../core/diagnosis/check.ts';
import { camel, writeIndexes } from './indexes.ts';

const root = new URL('..', import.meta.url).pathname;
const usage = `usage: npm run new-check -- <id> <stage>
id: in kebab case and naming the fault, for example nacl-blocks-health-check
stage: ${stages.join(', ')}`;
const [id, stage] = process.argv.slice(2);
if (id === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id) || !stages.some((each) => each === stage)) {
  console.error(usage);
  process.exit(2);
}
const [taken] = globSync(`core/checks/*/${id}.ts`, { cwd: root });
if (taken !== undefined) {
  console.error(`${taken} exists already: an id never changes its meaning and is never reused`);
  process.exit(2);
}

const name = camel(id);
const files: Record<string, string> = {
  [`core/checks/${stage}/${id}.ts`]: `import { check } from '../../diagnosis/check.ts';

export const ${name} = check({
  id: '${id}',
  kind: 'fault',
  stage: '${stage}',
  severity: 'high',
  title: '',
  symptom: '',
  why: '',
  proof: '',
  nearMisses: [],
  decidedBy: '',
  fix: [{ text: '' }],
  links: [],
  masks: [],
  needs: [],

  run(group) {
    return group.unhealthy.map((target) => ({ target, saw: '', expected: '', confidence: 'possible' as const }));
  },
});
`,
  [`test/checks/${id}.test.ts`]: `import { ${name} } from '../../core/checks/${stage}/${id}.ts';
import { sampleFacts } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';

testCheck(${name}, {
  found: [],
  ruledOut: [{ name: 'a healthy group', facts: sampleFacts }],
});
`,
  [`lab/scenarios/${id}.ts`]: `import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

export const ${name} = scenario({
  id: '${id}',
  title: '',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {},
  expect: { verdict: 'unhealthy', cause: '${id}', targets: { unhealthy: 3 } },
});
`,
};

for (const [path, text] of Object.entries(files)) {
  writeFileSync(root + path, text);
  console.log(`wrote ${path}`);
}
writeIndexes();
console.log('next: fill them in, then npm run golden, npm run docs, npm run check, npm test');
