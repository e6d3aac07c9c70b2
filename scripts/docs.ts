/** Writes the generated pages under docs/ and the lists of checks and scenarios; with --check it only compares. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { configJsonSchema } from '../config/config.ts';
import { catalogue } from '../core/diagnosis/catalogue.ts';
import { eventSchema } from '../core/render/machine/event-schema.ts';
import { reportSchema } from '../core/render/machine/report-schema.ts';
import { article } from '../core/render/pages/article.ts';
import { renderArticlePage } from '../core/render/pages/article-page.ts';
import { renderCheckPage } from '../core/render/pages/check-page.ts';
import { renderBenchmarks } from './bench/page.ts';
import { renderApiPage } from './docs/api-page.ts';
import { renderCliPage } from './docs/cli-page.ts';
import { renderClusterRole } from './docs/cluster-role.ts';
import { renderConfigPage } from './docs/config-page.ts';
import { renderOptionsFile } from './docs/options-file.ts';
import { renderPermissionsPage } from './docs/permissions-page.ts';
import { skillFiles } from './docs/skill.ts';
import { staleIndexes, writeIndexes } from './indexes.ts';

const root = new URL('..', import.meta.url).pathname;
const index = [
  '# Checks',
  '',
  '| id | what is wrong | kind | stage | severity |',
  '| --- | --- | --- | --- | --- |',
  ...catalogue.map(
    ({ id, title, kind, stage, severity }) =>
      `| [\`${id}\`](checks/${id}.md) | ${title} | ${kind} | ${stage} | ${severity} |`,
  ),
  '',
].join('\n');

const pages = new Map([
  ['docs/report.schema.json', `${JSON.stringify(reportSchema, null, 2)}\n`],
  ['docs/event.schema.json', `${JSON.stringify(eventSchema, null, 2)}\n`],
  ['docs/config.schema.json', configJsonSchema()],
  ['docs/configuration.md', renderConfigPage()],
  ['config/options.ts', renderOptionsFile()],
  ['docs/cli.md', renderCliPage()],
  ['docs/api.md', renderApiPage()],
  ['docs/rbac.yaml', renderClusterRole()],
  ['docs/permissions.md', renderPermissionsPage()],
  ['docs/article.md', renderArticlePage(article)],
  ['docs/benchmarks.md', renderBenchmarks(JSON.parse(read('docs/benchmarks.json') ?? '[]'))],
  ['docs/checks.md', index],
  ...skillFiles(),
  ...catalogue.map((check): [string, string] => [`docs/checks/${check.id}.md`, renderCheckPage(check, catalogue)]),
]);

for (const path of pages.keys()) mkdirSync(dirname(root + path), { recursive: true });
const orphans = readdirSync(`${root}docs/checks`)
  .map((file) => `docs/checks/${file}`)
  .filter((path) => !pages.has(path));
const stale = [...pages].filter(([path, text]) => read(path) !== text).map(([path]) => path);

if (process.argv.includes('--check')) {
  const all = [...staleIndexes().map(({ path }) => path), ...stale, ...orphans];
  for (const path of all) console.error(`${path} is stale: run npm run docs`);
  process.exitCode = all.length > 0 ? 1 : 0;
} else if (writeIndexes().length > 0) {
  // What is loaded here is what the lists named before.
  execFileSync(process.execPath, [import.meta.filename], { stdio: 'inherit' });
} else {
  for (const path of orphans) rmSync(root + path);
  for (const path of stale) writeFileSync(root + path, pages.get(path) ?? '');
  console.log(`${stale.length} of ${pages.size} pages written, ${orphans.length} removed`);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(root + path, 'utf8');
  } catch {
    return undefined;
  }
}
