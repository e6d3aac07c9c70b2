/** Builds the programs of the engines that it is given into the cache, once, with the Go toolchain of this machine. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { type Build, builtAt, goBuilds } from './go-builds.ts';

const builds = process.argv.slice(2).flatMap((engine) => goBuilds[engine] ?? []);
const missing = builds.filter((build) => !existsSync(builtAt(build)));
const hasGo = spawnSync('go', ['version']).status === 0;
if (missing.length > 0 && !hasGo)
  console.log(`No Go toolchain: not built are ${missing.map(({ name }) => name).join(', ')}.`);
for (const build of hasGo ? missing : []) attempt(build);

function attempt(build: Build): void {
  const { name, version } = build;
  console.log(`Building ${name} ${version} once, into ${builtAt(build)}`);
  mkdirSync(cacheFolder(), { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'build-go-'));
  try {
    compile(build, folder);
  } catch (error) {
    console.log(`${name} ${version} is not built: ${error instanceof Error ? error.message : error}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compile(build: Build, folder: string): void {
  const { module, version, program } = build;
  writeFileSync(join(folder, 'go.mod'), 'module build\n');
  const { GoMod }: { GoMod: string } = JSON.parse(go(folder, ['mod', 'download', '-json', `${module}@v${version}`]));
  writeFileSync(join(folder, 'go.mod'), goMod(build, readFileSync(GoMod, 'utf8')));
  if (build.source !== undefined) copyFileSync(new URL('main.go', build.source), join(folder, 'main.go'));
  const [major, minor] = version.split('.');
  const stamps = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor };
  const flags = Object.entries(stamps).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);
  const output = join(folder, 'program');
  go(folder, ['build', '-trimpath', `-ldflags=-s -w ${flags.join(' ')}`, '-o', output, program]);
  // Into its place only when it is whole.
  spawnSync('mv', [output, builtAt(build)]);
}

/** A main module of one requirement; modules that Kubernetes keeps in its own tree are published with version 0 for 1. */
function goMod({ module, version }: Build, itsOwn: string): string {
  const language = /^go .*$/m.exec(itsOwn)?.[0] ?? '';
  const staged = [...itsOwn.matchAll(/^\s*(?:replace )?(k8s\.io\/\S+) => \.\/staging/gm)].map(([, name]) => name);
  const replaced = staged.map((name) => `replace ${name} => ${name} v${version.replace(/^1\./, '0.')}`);
  return ['module build', language, `require ${module} v${version}`, ...replaced, ''].join('\n');
}

function go(folder: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync('nice', ['-n', '10', 'go', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=mod -buildvcs=false', GOWORK: 'off', CGO_ENABLED: '0' },
    maxBuffer: 2 ** 26,
  });
  if (status === 0) return stdout;
  throw new Error(`go ${args.slice(0, 2).join(' ')}: ${(stderr || stdout).trim().split('\n').slice(-3).join(' ')}`);
}
