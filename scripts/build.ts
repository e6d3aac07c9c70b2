/** Fills dist/ with what the package holds: the command line, the functions it deploys, and the construct with its types. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildConstruct, buildProgram } from './package/bundles.ts';
import { copyDeclarations } from './package/declarations.ts';
import { licencesOf } from './package/licences.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
cpSync(join(root, 'scripts/package/files'), dist, { recursive: true });
for (const program of ['nlb-auditor.cjs', 'kubectl-nlb_audit.cjs']) chmodSync(join(dist, program), 0o755);

const [program, construct] = await Promise.all([buildProgram(dist), buildConstruct(dist)]);
writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licencesOf([program, construct]));

const declared = mkdtempSync(join(tmpdir(), 'declarations-'));
execFileSync('tsc', ['-p', 'tsconfig.package.json', '--outDir', declared], { cwd: root, stdio: 'inherit' });
copyDeclarations({ from: declared, entry: 'index.d.ts', to: join(dist, 'construct') });
writeFileSync(join(dist, 'index.d.ts'), "export * from './construct/index.js';\n");
rmSync(declared, { recursive: true });
