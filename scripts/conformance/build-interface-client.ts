/** Builds Lambda's runtime interface client into the cache, once, with the compilers of this machine; one to three minutes. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtInterfaceClient, interfaceClientFolder } from './interface-client.ts';

const tools = ['autoreconf', 'libtoolize', 'cmake', 'make', 'g++', 'xz'];
const lacking = tools.filter((tool) => spawnSync(tool, ['--version']).error !== undefined);
if (builtInterfaceClient() === undefined) {
  if (lacking.length > 0) console.log(`No ${lacking.join(', ')}: Lambda's runtime interface client is not built.`);
  else build();
}

function build(): void {
  const folder = interfaceClientFolder();
  console.log(`Building Lambda's runtime interface client once, into ${folder}`);
  mkdirSync(folder, { recursive: true });
  cpSync(fileURLToPath(new URL('interface-client/', import.meta.url)), folder, { recursive: true });
  const { status, stdout, stderr } = spawnSync('nice', ['-n', '10', 'npm', 'ci'], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) console.log(`It is not built: ${(stderr || stdout).trim().split('\n').slice(-5).join('\n')}`);
}
