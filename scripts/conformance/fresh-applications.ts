/**
 * Installs the packed package into what `cdk init app` of today makes, with the CDK of today and with the oldest one that
 * package.json admits, and does there what its owner would: every compiler in every kind of module, synthesis, jest.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compilers, kinds, tsconfigOf } from './applications/compilers.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = fileURLToPath(new URL('applications/files/', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const oldest = (name: string): string => manifest.peerDependencies[name].replace('^', '');
const today = (name: string): string => manifest.devDependencies[name];

/** What is installed beside what `cdk init` wants; ts-jest is what it wanted before. */
const applications = {
  'oldest CDK': [
    `aws-cdk-lib@${oldest('aws-cdk-lib')}`,
    `constructs@${oldest('constructs')}`,
    'ts-jest@29',
    'typescript@~5.9.0',
  ],
  'CDK of today': [`aws-cdk-lib@${today('aws-cdk-lib')}`, `constructs@${today('constructs')}`],
};

const folder = mkdtempSync(join(tmpdir(), 'fresh-applications-'));
const results: { name: string; ok: boolean }[] = [];
try {
  must(root, 'npm', 'pack', '--silent', '--pack-destination', folder);
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
  for (const [name, packages] of Object.entries(applications)) tryOut(name, [...packages, tarball]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const { name, ok } of results) console.log(`${ok ? '✓' : '✗'} ${name}`);
if (results.length === 0 || results.some(({ ok }) => !ok)) process.exitCode = 1;

function tryOut(name: string, packages: string[]): void {
  const app = join(folder, name.replaceAll(' ', '-'), 'shop');
  mkdirSync(app, { recursive: true });
  must(app, join(root, 'node_modules/.bin/cdk'), 'init', 'app', '--language', 'typescript', '--generate-only');
  const aliases = compilers.map((version) => `typescript-${version}@npm:typescript@~${version}.0`);
  must(app, 'npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', ...packages, ...aliases);
  cpSync(sources, app, { recursive: true });
  cpSync(join(app, 'lib/shop-stack.ts'), join(app, 'lib/shop-stack-esm.mts'));

  const installed = join(app, 'node_modules/eks-nlb-auditor');
  note(`${name}: one copy of the CDK, and no package of ours`, !existsSync(join(installed, 'node_modules')));
  for (const compiler of compilers) {
    for (const kind of kinds) {
      writeFileSync(join(app, 'tsconfig.tried.json'), JSON.stringify(tsconfigOf(kind, compiler)));
      const tsc = [`node_modules/typescript-${compiler}/bin/tsc`, '-p', 'tsconfig.tried.json'];
      note(`${name}: TypeScript ${compiler}, ${kind}`, runs(app, process.execPath, ...tsc));
    }
  }
  note(`${name}: cdk synth`, runs(app, 'npx', 'cdk', 'synth', '--quiet'));
  note(`${name}: synthesis of an ES module`, runs(app, process.execPath, 'bin/shop.mjs'));
  note(`${name}: the same resources from both`, resourcesIn(app, 'cdk.out') === resourcesIn(app, 'esm.out'));
  // What `cdk init` wrote while that CDK was new.
  const isOld = packages.some((each) => each.startsWith('ts-jest'));
  note(`${name}: jest`, runs(app, 'npx', 'jest', ...(isOld ? ['--config', 'ts-jest.config.js'] : [])));
}

/** The resources of the synthesized template, without what the CLI adds for itself; no template equals no other. */
function resourcesIn(app: string, out: string): string {
  const path = join(app, out, 'ShopStack.template.json');
  if (!existsSync(path)) return `no ${out}`;
  const resources = Object.values<Record<string, unknown>>(JSON.parse(readFileSync(path, 'utf8')).Resources);
  const own = resources.filter(({ Type }) => Type !== 'AWS::CDK::Metadata');
  return JSON.stringify(own.map(({ Metadata: _, ...resource }) => resource));
}

function note(name: string, ok: boolean): void {
  results.push({ name, ok });
}

function runs(cwd: string, program: string, ...args: string[]): boolean {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) console.error(`${program} ${args.join(' ')}\n${stdout}${stderr}`);
  return status === 0;
}

function must(cwd: string, program: string, ...args: string[]): void {
  if (!runs(cwd, program, ...args)) throw new Error(`${program} ${args[0]} failed in ${cwd}`);
}
