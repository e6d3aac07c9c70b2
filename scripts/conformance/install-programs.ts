import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';

/** Where the schemas of the Open Cybersecurity Schema Framework are kept. */
export const ocsfFolder = (): string => join(cacheFolder(), 'ocsf-json-schema-1.2.0');

/** Installs Chromium where it lacks, on a Debian whose root one is; elsewhere the engine says what to do. */
export function installChromium(): void {
  const isThere = process.env['CHROMIUM'] !== undefined || spawnSync('which', ['chromium']).status === 0;
  if (isThere || process.getuid?.() !== 0 || spawnSync('which', ['apt-get']).status !== 0) return;
  console.log('Installing Chromium with apt-get');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  attempt('apt-get', ['update'], env);
  attempt('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], env);
}

/** Brings the schemas into the cache, once. */
export function installOcsfSchemas(): void {
  if (existsSync(ocsfFolder())) return;
  const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', ocsfFolder(), 'ocsf-json-schema==1.2.0'];
  attempt('python3', args, process.env);
}

function attempt(program: string, args: string[], env: NodeJS.ProcessEnv): void {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env, maxBuffer: 2 ** 26 });
  if (status !== 0) console.log(`${program} failed: ${`${stderr || stdout}`.trim().split('\n').slice(-5).join('\n')}`);
}
