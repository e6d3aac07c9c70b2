import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';

/** Where the schemas of the Open Cybersecurity Schema Framework are kept. */
export const ocsfFolder = (): string => join(cacheFolder(), 'ocsf-json-schema-1.2.0');

/** Installs Chromium where it lacks. */
export function installChromium(): void {
  if (process.env['CHROMIUM'] === undefined && !isThere('chromium')) installByApt('chromium', 'fonts-dejavu-core');
}

/** Installs the shells that lack. */
export function installShells(): void {
  const missing = ['bash', 'dash', 'zsh'].filter((shell) => !isThere(shell));
  if (missing.length > 0) installByApt(...missing);
}

const isThere = (program: string): boolean => spawnSync('which', [program]).status === 0;

/** On a Debian whose root one is; elsewhere the engine says what to do. */
function installByApt(...packages: string[]): void {
  if (process.getuid?.() !== 0 || !isThere('apt-get')) return;
  console.log(`Installing ${packages.join(' ')} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  attempt('apt-get', ['update'], env);
  attempt('apt-get', ['install', '--yes', '--no-install-recommends', ...packages], env);
}

/** Brings the schemas into the cache, once. */
export function installOcsfSchemas(): void {
  if (existsSync(ocsfFolder())) return;
  const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', ocsfFolder(), 'ocsf-json-schema==1.2.0'];
  attempt('python3', args, process.env);
}

/** The version of checkov whose objections docs/security.md answers. */
export const checkovVersion = '3.3.30';

/** Where checkov is kept, apart from other packages of Python. */
export const checkovFolder = (): string => join(cacheFolder(), `checkov-${checkovVersion}`);

/** Brings checkov into the cache, once. */
export function installCheckov(): void {
  if (existsSync(checkovFolder())) return;
  const args = ['-m', 'pip', 'install', '--quiet', '--target', checkovFolder(), `checkov==${checkovVersion}`];
  attempt('python3', args, process.env);
}

/** The version of the inspector of the Model Context Protocol. */
export const inspectorVersion = '2.12.0';

/** Where the inspector is kept, apart from the packages of the tests: its pages bring 120 packages that only they need. */
export const inspectorFolder = (): string => join(cacheFolder(), `mcp-inspector-${inspectorVersion}`);

/** Brings the inspector into the cache, once. */
export function installInspector(): void {
  if (existsSync(inspectorFolder())) return;
  const name = `@modelcontextprotocol/inspector@${inspectorVersion}`;
  const args = ['install', '--prefix', inspectorFolder(), '--no-audit', '--no-fund', '--ignore-scripts', name];
  attempt('npm', args, process.env);
}

/** Where Terraform's provider for AWS is kept: a folder that `NLB_AUDITOR_TERRAFORM_PLUGINS` names, or one in the cache. */
export const terraformPlugins = (): string =>
  process.env['NLB_AUDITOR_TERRAFORM_PLUGINS'] ?? join(cacheFolder(), 'terraform-plugins');

/** Brings the provider that the module of `terraform/` wants into the cache, once, where Terraform reaches its registry. */
export function installTerraformPlugins(): void {
  if (!isThere('terraform') || existsSync(terraformPlugins())) return;
  attempt('terraform', ['-chdir=terraform', 'providers', 'mirror', terraformPlugins()], process.env);
}

function attempt(program: string, args: string[], env: NodeJS.ProcessEnv): void {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env, maxBuffer: 2 ** 26 });
  if (status !== 0) console.log(`${program} failed: ${`${stderr || stdout}`.trim().split('\n').slice(-5).join('\n')}`);
}
