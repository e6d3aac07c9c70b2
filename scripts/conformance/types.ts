/** Checks the types of test/conformance, with the packages that only it uses. */
import { spawnSync } from 'node:child_process';
import { installPackages } from './install-packages.ts';

installPackages(new URL('../../test/conformance/', import.meta.url));
const { status } = spawnSync('npx', ['--no-install', 'tsc', '--noEmit', '-p', 'test/conformance'], {
  cwd: new URL('../../', import.meta.url),
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
